// Notes on a phone in a room with bad wifi. A note is first kept on the phone with a key of its own, then sent until
// the server says that it has it; the same key is the same note, so sending twice does no harm. Without this script
// the form posts by itself.
//
// Answers: 200 {"state": "saved"}   other {"state": "refused", "code": …, "message": …}   anything else: again later
(function () {
  "use strict";
  const WAITS = [1500, 3000, 6000, 12000, 20000];

  const place = document.querySelector("[data-workshop-queue]");
  if (!place) return;
  const code = place.dataset.workshopQueue;
  const form = document.querySelector("form[data-workshop-note]");
  const output = document.querySelector("[data-workshop-state]");
  const area = form && form.elements.namedItem("text");
  const counter = form && form.querySelector("[data-workshop-counter]");
  const most = form ? Number(form.dataset.workshopMost) : 0;
  const draft = form && "partnerwijzer:briefje:" + code + ":" + form.dataset.workshopTopic;
  const name = "partnerwijzer:briefjes:" + code;
  let memory = []; // where the phone keeps nothing: private mode, or full
  let durable = true;
  let sending = false;
  let failures = 0;
  let timer = 0;

  function read() {
    try { return durable ? JSON.parse(localStorage.getItem(name)) || [] : memory; } catch { return memory; }
  }

  function write(notes) {
    memory = notes;
    try {
      if (notes.length) localStorage.setItem(name, JSON.stringify(notes));
      else localStorage.removeItem(name);
      durable = true;
    } catch { durable = false; }
  }

  // Read again each time: another tab of the same phone may have sent something.
  function change(key, values) {
    write(read().map((note) => (note.key === key ? { ...note, ...values } : note)));
  }

  function newKey() {
    if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function say(text, state) {
    if (!output) return;
    output.textContent = text;
    output.dataset.state = state;
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function button(text, act) {
    const made = element("button", "pw-button pw-button--link", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // A page without a form (all challenges, or closed) still shows what was begun.
  function begun() {
    const found = [];
    try {
      for (let i = 0; i < localStorage.length; i += 1) {
        const key = localStorage.key(i);
        if (!form && key.startsWith("partnerwijzer:briefje:" + code + ":")) found.push({ text: localStorage.getItem(key), refused: "Begonnen, nog niet verstuurd", draft: key });
      }
    } catch { /* nothing kept */ }
    return found;
  }

  function show() {
    const notes = [...read(), ...begun()];
    place.replaceChildren();
    if (!notes.length) return;
    place.append(element("h2", "", "Nog niet verstuurd"));
    const list = element("ul", "pw-notes");
    for (const note of notes) {
      const row = element("li", "pw-note pw-note--waiting");
      const foot = element("div", "pw-note__foot");
      foot.append(element("span", "", note.refused || (failures ? "Wordt opnieuw verstuurd" : "Wordt verstuurd…")));
      if (note.draft) {
        foot.append(button("Haal weg", () => { localStorage.removeItem(note.draft); show(); }));
      } else if (note.refused) {
        foot.append(button("Probeer opnieuw", () => { change(note.key, { refused: "" }); show(); send(); }));
        foot.append(button("Haal weg", () => { write(read().filter((one) => one.key !== note.key)); show(); }));
      }
      row.append(element("p", "", note.text), foot);
      list.append(row);
    }
    place.append(list);
  }

  async function refresh() {
    const old = document.querySelector("[data-workshop-lists]");
    if (!old) return;
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-workshop-lists]");
      if (fresh) old.replaceWith(document.adoptNode(fresh));
    } catch { /* the list is a page view old; the notes are safe */ }
  }

  async function post(note) {
    const answer = await fetch(place.dataset.workshopUrl + note.topic, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ csrf_token: place.dataset.csrf, text: note.text, client_key: note.key }),
    });
    const said = await answer.json().catch(() => ({}));
    if (said.state === "saved") return "saved";
    if (said.state === "refused" && said.code !== "workshop_too_fast") return said.message;
    if (answer.status === 400) return "Laad deze pagina opnieuw, dan wordt je briefje verstuurd.";
    throw new Error(String(answer.status));
  }

  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    let saved = 0;
    try {
      for (let note; (note = read().find((one) => !one.refused)); ) {
        const result = await post(note);
        failures = 0;
        if (result === "saved") {
          saved += 1;
          write(read().filter((one) => one.key !== note.key));
        } else {
          change(note.key, { refused: result });
          say(result, "error");
        }
        show();
      }
    } catch {
      failures += 1;
      say("Geen verbinding. Je briefje staat op je telefoon en wordt opnieuw verstuurd.", "waiting");
      show();
      timer = setTimeout(send, WAITS[Math.min(failures, WAITS.length) - 1]);
    } finally {
      sending = false;
    }
    if (!saved) return;
    if (!read().length) say("Opgeslagen.", "saved");
    await refresh();
  }

  const plain = (text) => text.trim().replace(/\s+/g, " ");
  const size = (text) => Array.from(plain(text)).length;

  function count() {
    const left = most - size(area.value);
    counter.textContent = left < 0 ? -left + " tekens te veel" : "nog " + left + " tekens";
    counter.toggleAttribute("data-over", left < 0);
    try {
      if (area.value) localStorage.setItem(draft, area.value);
      else localStorage.removeItem(draft);
    } catch { /* the page itself still holds it */ }
  }

  if (form) {
    try { if (!area.value) area.value = localStorage.getItem(draft) || ""; } catch { /* nothing kept */ }
    count();
    area.addEventListener("input", count);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = plain(area.value);
      if (!text) return say("Schrijf eerst iets op je briefje.", "error");
      if (size(text) > most) return say("Een briefje telt hoogstens " + most + " tekens; dit zijn er " + size(text) + ". Kort het in, of maak er twee briefjes van.", "error");
      write([...read(), { key: newKey(), topic: form.dataset.workshopTopic, text, refused: "" }]);
      area.value = "";
      count();
      say("Wordt verstuurd…", "saving");
      show();
      area.focus();
      send();
    });
  }

  window.addEventListener("online", () => { failures = 0; send(); });
  window.addEventListener("beforeunload", (event) => { if (!durable && read().length) event.preventDefault(); });
  // What was refused may be welcome now, for instance when the challenge takes notes again.
  write(read().map((note) => ({ ...note, refused: "" })));
  show();
  send();
})();
