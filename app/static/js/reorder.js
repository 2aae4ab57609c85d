// Puts rows in another order: drag the handle, or lift it with the space bar and use the arrows. The buttons of each
// row do the same without this script.
//
// <ol data-reorder="obstacles">        rows whose fields are called obstacles-0-…: renamed, saved with their form
// <ol data-reorder="…" data-reorder-url="URL">   rows with data-reorder-id: the new order is sent at once
// Each row: data-reorder-row data-reorder-name="…"; inside it a button data-reorder-handle, hidden until now.
(function () {
  "use strict";
  const EDGE = 70; // pixels from the edge of the window where a drag scrolls
  let held = null; // {row, list, handle, from, pointer}

  const live = document.createElement("div");
  live.className = "pw-visually-hidden";
  live.setAttribute("role", "status");
  live.setAttribute("aria-live", "assertive");
  document.body.append(live);
  const speak = (text) => { live.textContent = text; };

  const rowsOf = (list) => [...list.querySelectorAll("[data-reorder-row]")];
  // Rows differ in height: what counts is whose grip the pointer has passed.
  function middleOfGrip(row) {
    const box = row.querySelector("[data-reorder-handle]").getBoundingClientRect();
    return box.top + box.height / 2;
  }
  const named = (row) => row.dataset.reorderName.replace(/^./, (letter) => letter.toUpperCase());
  const placeText = (row, list) => `plaats ${rowsOf(list).indexOf(row) + 1} van ${rowsOf(list).length}`;

  function reveal() {
    document.querySelectorAll("[data-reorder-handle]").forEach((handle) => {
      handle.hidden = rowsOf(handle.closest("[data-reorder]")).length < 2;
      handle.setAttribute("aria-pressed", "false");
    });
  }

  // The rows around the held one move, never that row itself: it keeps the focus and the pointer.
  function moveTo(place) {
    const { row, list } = held;
    const rows = rowsOf(list);
    const wanted = Math.max(0, Math.min(place, rows.length - 1));
    let now = rows.indexOf(row);
    if (now === wanted) return false;
    for (; now < wanted; now += 1) list.insertBefore(rowsOf(list)[now + 1], row);
    for (; now > wanted; now -= 1) list.insertBefore(rowsOf(list)[now - 1], row.nextSibling);
    return true;
  }

  function lift(handle, pointer) {
    const row = handle.closest("[data-reorder-row]");
    const list = row.closest("[data-reorder]");
    held = { row, list, handle, pointer, from: rowsOf(list).indexOf(row) };
    row.classList.add("is-lifted");
    handle.setAttribute("aria-pressed", "true");
    speak(`Opgepakt: ${row.dataset.reorderName}, ${placeText(row, list)}.`);
  }

  function release() {
    const was = held;
    was.row.classList.remove("is-lifted");
    was.handle.setAttribute("aria-pressed", "false");
    held = null;
    return was;
  }

  function cancel() {
    moveTo(held.from);
    const { row, list } = release();
    speak(`Geannuleerd. ${row.dataset.reorderName} staat terug op ${placeText(row, list)}.`);
  }

  function drop() {
    const { row, list, from } = release();
    if (rowsOf(list).indexOf(row) === from) {
      speak(`${named(row)} staat weer op dezelfde plaats: ${placeText(row, list)}.`);
    } else if (list.dataset.reorderUrl) {
      send(row, list);
    } else {
      rename(list);
      speak(`${named(row)} staat nu op ${placeText(row, list)}. Bewaar onderaan om dit te houden.`);
    }
  }

  function rename(list) {
    const name = list.dataset.reorder;
    const field = new RegExp(`^${name}-\\d+-`);
    const act = new RegExp(`^(${name}:(up|down|remove|tick)):\\d+`);
    const rows = rowsOf(list);
    rows.forEach((row, place) => {
      row.querySelectorAll("[name]").forEach((control) => {
        control.name = control.name.replace(field, `${name}-${place}-`);
        const verb = control.type === "submit" && act.exec(control.value);
        if (!verb) return;
        control.value = control.value.replace(act, `$1:${place}`);
        if (verb[2] === "up") control.disabled = place === 0;
        if (verb[2] === "down") control.disabled = place === rows.length - 1;
      });
      const number = row.querySelector("[data-reorder-number]");
      if (number) number.textContent = place + 1;
    });
    list.dispatchEvent(new Event("input", { bubbles: true })); // the page warns before it is left unsaved
  }

  async function send(row, list) {
    const id = row.dataset.reorderId;
    const key = list.dataset.reorder;
    const data = new FormData();
    data.append("csrf_token", document.querySelector("input[name=csrf_token]").value);
    rowsOf(list).forEach((one) => data.append("order", one.dataset.reorderId));
    try {
      const answer = await fetch(list.dataset.reorderUrl, { method: "POST", body: data });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".pw-editor");
      if (!answer.ok || !page) throw new Error("refused");
      document.querySelector(".pw-editor").replaceWith(page); // the numbers and the side navigation follow
      reveal();
      const fresh = document.querySelector(`[data-reorder="${key}"] [data-reorder-id="${id}"]`);
      fresh.querySelector("[data-reorder-handle]").focus();
      speak(`Bewaard: ${named(row)} staat op ${placeText(fresh, fresh.closest("[data-reorder]"))}.`);
    } catch {
      speak("Verplaatsen is niet gelukt. De pagina wordt opnieuw geladen.");
      window.location.reload();
    }
  }

  document.addEventListener("keydown", (event) => {
    const handle = event.target.closest("[data-reorder-handle]");
    if (event.key === "Escape" && held) {
      event.preventDefault();
      cancel();
    } else if (handle && (event.key === " " || event.key === "Enter")) {
      event.preventDefault();
      if (held) drop();
      else lift(handle, null);
    } else if (handle && held) {
      const place = rowsOf(held.list).indexOf(held.row);
      const wanted = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: Infinity }[event.key];
      if (wanted === undefined) return;
      event.preventDefault();
      if (moveTo(wanted)) speak(`${named(held.row)} staat op ${placeText(held.row, held.list)}.`);
      held.row.scrollIntoView({ block: "nearest" });
    }
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === " " && event.target.closest("[data-reorder-handle]")) event.preventDefault(); // no click on top
  });
  // Who walks away with the keyboard has put the row down.
  document.addEventListener("focusout", (event) => {
    if (held && held.pointer === null && event.target === held.handle) drop();
  });

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-reorder-handle]");
    if (!handle || event.button || held) return;
    event.preventDefault();
    handle.focus({ preventScroll: true });
    lift(handle, event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (!held || held.pointer !== event.pointerId) return;
    const y = event.clientY;
    const others = rowsOf(held.list).filter((one) => one !== held.row);
    moveTo(others.filter((one) => y > middleOfGrip(one)).length);
    if (y < EDGE) window.scrollBy(0, -12);
    else if (y > window.innerHeight - EDGE) window.scrollBy(0, 12);
  });
  document.addEventListener("pointerup", (event) => { if (held && held.pointer === event.pointerId) drop(); });
  document.addEventListener("pointercancel", (event) => { if (held && held.pointer === event.pointerId) cancel(); });

  reveal();
})();
