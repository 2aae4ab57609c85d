// A score sheet by keyboard. Every key works only while the focus is inside a criterion (WCAG 2.1.4), and without
// this file the radio buttons and the buttons below work as always.
//   on a level      digits choose it, n: not applicable; Enter goes on to the reason
//   in a criterion  Alt and an arrow up or down goes to the one before or after it
//   in the sheet    Ctrl (or Cmd) and Enter hands in
// Under a reason it counts towards the length the call asks for, as app/evaluation/policy.py does.
(function () {
  "use strict";

  function lengthOf(text) {
    return [...text.trim().replace(/\s+/g, " ")].length;
  }

  function choose(form, radio, value) {
    const choice = form.querySelector('input[name="' + radio.name + '"][value="' + value + '"]');
    if (!choice) return false;
    choice.checked = true;
    choice.focus();
    choice.dispatchEvent(new Event("input", { bubbles: true }));
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  function goTo(criterion) {
    const level = criterion && (criterion.querySelector("input:checked") || criterion.querySelector("input"));
    if (!level) return false;
    level.focus({ preventScroll: true });
    criterion.scrollIntoView({ block: "start" });
    return true;
  }

  function neighbour(form, criterion, step) {
    const all = [...form.querySelectorAll("[data-criterion]")];
    return all[all.indexOf(criterion) + step];
  }

  function onLevel(form, criterion, event) {
    const key = event.key.toLowerCase();
    if (/^[0-9]$/.test(key)) return choose(form, event.target, key);
    if (key === "n") return choose(form, event.target, "na");
    if (key !== "enter") return false;
    criterion.querySelector("textarea").focus();
    return true;
  }

  function onKey(form, event) {
    if (event.isComposing) return false;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      form.querySelector('button[value="send"]').click();
      return true;
    }
    const criterion = event.target.closest("[data-criterion]");
    if (!criterion) return false;
    if (event.altKey && /^Arrow(Up|Down)$/.test(event.key)) {
      return goTo(neighbour(form, criterion, event.key === "ArrowDown" ? 1 : -1));
    }
    return plain && event.target.type === "radio" && onLevel(form, criterion, event);
  }

  function watchLength(area) {
    const least = Number(area.dataset.least);
    const line = document.getElementById(area.id + "-length");
    const spoken = document.createElement("span");
    let enough = null;
    spoken.className = "pw-visually-hidden";
    spoken.setAttribute("aria-live", "polite");
    line.insertAdjacentElement("afterend", spoken);

    function count(event) {
      const short = least - lengthOf(area.value);
      line.textContent = short > 0 ? "nog " + short + (short === 1 ? " teken" : " tekens") + " (minstens " + least + ")" : "✓ lang genoeg";
      // A screen reader hears only that it became enough, or no longer is.
      if (event && enough !== null && enough !== short <= 0) spoken.textContent = line.textContent;
      enough = short <= 0;
    }
    area.addEventListener("input", count);
    count();
  }

  document.querySelectorAll("form[data-scoresheet]").forEach((form) => {
    form.addEventListener("keydown", (event) => {
      if (onKey(form, event)) event.preventDefault();
    });
    form.querySelectorAll("textarea[data-least]").forEach(watchLength);
    form.querySelectorAll("[data-keys]").forEach((help) => (help.hidden = false));
  });
})();
