// Saves <form data-autosave="URL" data-autosave-key="…"> while one types. The form works without it: its own button
// posts the same fields. Until the server confirms, what was typed is kept in this browser: only the fields that
// were changed, with the versions they were changed from, so that putting them back collides where it should.
// <template data-autosave-kept="…key…" data-values="{field: [text]}"> stands where the form would be once it is
// closed: what is still kept and differs is shown there, to copy or to throw away.
//
// Answers: {"state": "saved", "version": n, "saved_at": "14:03:22"}
//          {"state": "conflict", "message": …, "theirs": {field: text}, "version": n}   (any status; with the
//          version now on the server, or only the parts of it that collided, saving goes on once every
//          difference has been decided)
//          any of them may carry "also_here": [sentences about colleagues, for [data-autosave-presence]]
//          and "call_changed": {version, message, changes: [{label, kind, text, words}], href}
//          401 or 403 {"state": "signed_out"}      any {"state": "closed", "message": …, "too_late": bool}
(function () {
  "use strict";
  const PAUSE = 1500;
  const LONGEST = 5000;
  const RETRY = 10000;
  const KEPT =
    "Wat je laatst typte, is nog niet bewaard op de server. Na het afmelden blijft het in deze browser staan: je krijgt " +
    "het terug als je je hier weer aanmeldt en dit deel opent. Wie zich na jou aanmeldt, krijgt het niet te zien. Afmelden?";
  const SKIPPED = new Set(["csrf_token", "version", "call_version"]);

  function valuesOf(form) {
    const values = {};
    for (const [name, value] of new FormData(form)) {
      if (SKIPPED.has(name) || typeof value !== "string") continue;
      (values[name] = values[name] || []).push(value.replace(/\r\n?/g, "\n"));
    }
    // An unticked list would otherwise look as if it had not changed.
    for (const control of form.elements) {
      if (/^(checkbox|radio)$/.test(control.type) && control.name && !values[control.name]) values[control.name] = [];
    }
    return values;
  }

  function same(one, other) {
    return JSON.stringify(one || []) === JSON.stringify(other || []);
  }

  function fill(form, values) {
    for (const control of form.elements) {
      if (!control.name || SKIPPED.has(control.name) || !(control.name in values)) continue;
      const wanted = values[control.name];
      if (/^(checkbox|radio)$/.test(control.type)) control.checked = wanted.includes(control.value);
      else if (control.type === "select-multiple") for (const o of control.options) o.selected = wanted.includes(o.value);
      else if (!/^(file|hidden|submit|button)$/.test(control.type)) control.value = wanted[0] || "";
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.querySelectorAll("textarea").forEach((area) => area.dispatchEvent(new Event("input")));
  }

  // A list of copies, one for each time a page was open: {id, at, version, call_version, fields: {name: {label,
  // value: [text], shown}}}. Each page writes only its own, so that a second tab or a copy nobody chose about yet
  // is never overwritten.
  function localStore(key) {
    const name = "partnerwijzer:" + key;
    const attempt = (act) => {
      try { return act(); } catch { return null; } // private mode or full: saving on the server still works
    };
    const read = () => {
      const found = attempt(() => JSON.parse(localStorage.getItem(name)));
      return Array.isArray(found) ? found.filter((copy) => copy && copy.id && copy.fields) : [];
    };
    const others = (id) => read().filter((copy) => copy.id !== id);
    const set = (copies) => attempt(() => {
      if (copies.length) localStorage.setItem(name, JSON.stringify(copies));
      else localStorage.removeItem(name);
      return true;
    });
    return { read, write: (copy) => set([...others(copy.id), copy]), clear: (id) => set(others(id)) };
  }

  // "summary=1a2b;references=3c4d": the parts of `other` put over those of `version`. Other kinds are one whole.
  function patched(version, other, names) {
    if (!/=/.test(version) || (other && !/=/.test(other))) return other;
    const parts = (text) => new Map(text.split(";").filter(Boolean).map((part) => part.split("=")));
    const [all, given] = [parts(version), parts(other)];
    for (const name of names || given.keys()) {
      if (given.has(name)) all.set(name, given.get(name));
      else all.delete(name);
    }
    return [...all].map((part) => part.join("=")).join(";");
  }

  function choices(form, name) {
    return [...form.elements].filter((one) => one.name === name && /^(checkbox|radio)$/.test(one.type));
  }

  function labelOf(control) {
    const heading = control.closest(".pw-write")?.querySelector("h2");
    const words = [heading, control.labels && control.labels[0]].filter(Boolean);
    return words.map((one) => one.textContent.trim().replace(/\s+/g, " ")).join(" – ");
  }

  // What a field is called and says, for people: the form may be gone when it is read again.
  function inWords(form, name, value) {
    const boxes = choices(form, name);
    if (!boxes.length) {
      const control = form.elements.namedItem(name);
      return { label: control instanceof Element ? labelOf(control) : "", value, shown: value.join("\n") };
    }
    const ticked = boxes.filter((one) => value.includes(one.value)).map(labelOf);
    const legend = boxes.length > 1 && boxes[0].closest("fieldset")?.querySelector("legend");
    return { label: legend ? legend.textContent.trim() : "", value, shown: ticked.join(", ") || "(niet aangevinkt)" };
  }

  function moment(at) {
    const zone = { timeZone: "Europe/Brussels" };
    const day = new Date(at).toLocaleDateString("nl-BE", { ...zone, day: "numeric", month: "long" });
    const hour = new Date(at).toLocaleTimeString("nl-BE", { ...zone, hour: "2-digit", minute: "2-digit" });
    return day + " om " + hour.replace(":", "u");
  }

  function button(text, kind, act) {
    const made = element("button", "pw-button pw-button--" + kind, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // A box with what one copy holds, under their labels, and its buttons.
  function boxOf(copy, names, sentence, buttons) {
    const box = element("section", "pw-restore");
    const row = element("div", "pw-row");
    box.dataset.keptCopy = copy.id;
    box.append(element("p", "", sentence));
    for (const name of names) {
      const { label, shown } = copy.fields[name];
      if (label) box.append(element("p", "pw-difference__label", label));
      box.append(element("blockquote", "pw-prewrap", shown || "(leeg gemaakt)"));
    }
    row.append(...buttons(box));
    box.append(row);
    return box;
  }

  function different(copy, values) {
    return Object.keys(copy.fields).filter((name) =>
      name in values ? !same(copy.fields[name].value, values[name]) : copy.fields[name].value.join("").trim());
  }

  function textOf(copy, names) {
    return names.map((name) => [copy.fields[name].label, copy.fields[name].shown].filter(Boolean).join("\n")).join("\n\n");
  }

  async function toClipboard(text, box) {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // not on a secure address, or not allowed: by way of the selection
      const area = element("textarea", "pw-visually-hidden");
      area.value = text;
      box.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  // The form is closed: what is still in this browser can be read, copied and thrown away.
  function showKept(place) {
    const store = localStore(place.dataset.autosaveKept);
    const values = JSON.parse(place.dataset.values || "{}");
    for (const copy of store.read()) {
      const names = different(copy, values);
      if (!names.length) { store.clear(copy.id); continue; }
      const sentence = "Dit stond nog in deze browser en telt niet mee. Je typte het op " + moment(copy.at) + ".";
      place.before(boxOf(copy, names, sentence, (box) => {
        const copyButton = button("Kopiëren", "secondary", async () => {
          await toClipboard(textOf(copy, names), box);
          copyButton.textContent = "Gekopieerd";
        });
        return [copyButton, button("Weggooien", "secondary", () => { store.clear(copy.id); box.remove(); })];
      }));
    }
  }

  // After the deadline nothing on the page still promises that it can be saved or handed in.
  function showOver() {
    document.querySelectorAll("[data-until-deadline]").forEach((one) => { one.hidden = true; });
    document.querySelectorAll("[data-after-deadline]").forEach((one) => { one.hidden = false; });
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  // Signing out keeps what is in this browser, and says so: it comes back for the same person only.
  function warnBeforeSignOut(changes) {
    document.querySelectorAll("form[action$='/afmelden'] button[type='submit']").forEach((button) => {
      button.addEventListener("click", () => {
        if (changes().length) button.dataset.confirm = KEPT;
        else delete button.dataset.confirm;
      }, true);
    });
  }

  function start(form) {
    const store = localStore(form.dataset.autosaveKey || form.dataset.autosave);
    const version = form.elements.namedItem("version");
    const readCall = form.elements.namedItem("call_version");
    const id = Date.now().toString(36) + Math.random().toString(36).slice(2);
    const output = form.querySelector("[data-autosave-state]") || document.querySelector("[data-autosave-state]");
    let confirmed = valuesOf(form);
    let timer = 0;
    let firstChange = 0;
    let running = false;
    let again = false;
    let stopped = false;
    let told = 0;

    function show(state, text, link) {
      if (!output) return;
      output.dataset.state = state;
      output.textContent = text;
      if (!link) return;
      const anchor = element("a", "", link.text);
      anchor.href = link.href;
      // What was typed is in this browser: no question on the way to signing in, unless it could not be kept.
      anchor.addEventListener("click", () => { if (keep()) form.dataset.leaving = "yes"; });
      output.append(" ", anchor);
    }

    function changes() {
      const now = valuesOf(form);
      return Object.keys(now).filter((name) => !same(now[name], confirmed[name]));
    }

    // What the server has not confirmed, as it is now.
    function keep() {
      const now = valuesOf(form);
      const names = changes();
      if (!names.length) return store.clear(id);
      const fields = Object.fromEntries(names.map((name) => [name, inWords(form, name, now[name])]));
      const based = { version: version ? version.value : "", call_version: readCall ? readCall.value : "" };
      return store.write({ id, at: Date.now(), ...based, fields });
    }

    function plan() {
      if (stopped) return;
      const now = Date.now();
      firstChange = firstChange || now;
      clearTimeout(timer);
      timer = setTimeout(save, Math.max(0, Math.min(PAUSE, firstChange + LONGEST - now)));
    }

    function body(names, values) {
      const data = new URLSearchParams();
      for (const hidden of SKIPPED) {
        const control = form.elements.namedItem(hidden);
        if (control) data.append(hidden, control.value);
      }
      for (const name of names) {
        if (!values[name].length) data.append(name, "");
        for (const value of values[name]) data.append(name, value);
      }
      return data;
    }

    async function save() {
      clearTimeout(timer);
      if (stopped) return;
      if (running) { again = true; return; }
      const names = changes();
      firstChange = 0;
      if (!names.length) { store.clear(id); return; }
      const sent = valuesOf(form);
      running = true;
      show("saving", "Wordt bewaard…");
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body: body(names, sent),
          headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
          credentials: "same-origin",
          redirect: "manual",
        });
        await heed(answer, sent, names);
      } catch {
        show("failed", "Niet bewaard: geen verbinding");
        timer = setTimeout(save, RETRY);
      } finally {
        running = false;
      }
      if (again) { again = false; plan(); }
    }

    async function heed(answer, sent, names) {
      const isJson = (answer.headers.get("content-type") || "").includes("json");
      const reply = isJson ? await answer.json() : {};
      const signedOut = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
      if (reply.also_here) alsoHere(reply.also_here);
      if (reply.call_changed) callChanged(reply.call_changed);
      if (reply.state === "saved") return saved(reply, sent, names);
      if (reply.state === "conflict") return conflict(reply);
      if (reply.state === "signed_out" || (signedOut && reply.state !== "closed")) {
        const href = form.dataset.autosaveSignIn || location.href;
        return show("signed_out", "Je bent afgemeld – meld je aan; je tekst staat veilig in deze browser.", { href, text: "Aanmelden" });
      }
      if (reply.state === "closed" || answer.status === 410) {
        stopped = true;
        if (reply.too_late) showOver();
        return show("closed", reply.message || "Niet bewaard: dit kan niet meer gewijzigd worden. Je tekst staat in deze browser.");
      }
      show("failed", reply.message || "Niet bewaard: de server antwoordt niet zoals verwacht");
      timer = setTimeout(save, RETRY);
    }

    function saved(reply, sent, names) {
      for (const name of names) confirmed[name] = sent[name];
      if (version && reply.version !== undefined) version.value = reply.version;
      keep();
      if (changes().length) plan();
      show("saved", "Bewaard om " + reply.saved_at);
      form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: reply }));
    }

    function alsoHere(lines) {
      const box = document.querySelector("[data-autosave-presence]");
      if (!box) return;
      const known = [...box.children].map((line) => line.textContent).join("\n");
      if (known !== lines.join("\n")) box.replaceChildren(...lines.map((line) => element("p", "", line)));
      box.hidden = !lines.length;
    }

    // What others changed in what is being answered: told once per version, above the form; nothing typed moves.
    function callChanged(news) {
      if (told >= news.version) return;
      told = news.version;
      const before = document.querySelector("[data-call-changed]");
      if (before) before.remove();
      const box = element("section", "pw-notice pw-notice--warning");
      box.dataset.callChanged = news.version;
      box.setAttribute("role", "status");
      const inside = element("div", "pw-notice__body");
      const list = element("ul", "pw-difference");
      for (const change of news.changes) {
        const row = element("li", "pw-difference__row");
        row.append(element("p", "pw-difference__label", change.kind + ": " + change.label));
        const text = element("p", "pw-prewrap", change.text);
        for (const [state, words] of change.words) {
          const tag = { gone: "del", new: "ins" }[state] || "span";
          text.append(element(tag, "pw-" + state, words));
        }
        row.append(text);
        list.append(row);
      }
      const link = element("a", "", "Lees het verschil op een eigen pagina");
      link.href = news.href;
      link.target = "_blank";
      link.rel = "noopener";
      inside.append(element("p", "pw-notice__title", news.message), list, link);
      box.append(inside);
      form.before(box);
    }

    function decided(reply) {
      if (form.querySelector("[data-theirs]") || reply.version === undefined) return;
      if (version) version.value = patched(version.value, String(reply.version));
      stopped = false;
      plan();
    }

    function choice(text, kind, box, act) {
      return button(text, kind, () => { box.remove(); act(); });
    }

    // Ticks have no text to lay beside each other: one looks again, and then one's own count.
    function otherTicks(name, reply) {
      const boxes = choices(form, name);
      if (!boxes.length) return;
      const place = boxes[0].closest("fieldset, .pw-field") || boxes[0].parentElement;
      const box = element("div", "pw-restore");
      const row = element("div", "pw-row");
      box.dataset.theirs = name;
      box.append(element("p", "", "Iemand anders wijzigde dit intussen ook. Kijk na wat er aangevinkt moet staan."), row);
      row.append(choice("Behoud wat ik aanvinkte", "secondary", box, () => { boxes[0].focus(); decided(reply); }));
      place.insertAdjacentElement("afterend", box);
    }

    // Both texts stay on the screen: theirs beside the field, one's own in it.
    function conflict(reply) {
      stopped = true;
      show("conflict", reply.message || "Niet bewaard: iemand anders wijzigde dit intussen.");
      form.querySelectorAll(".pw-restore[data-theirs]").forEach((old) => old.remove());
      for (const [name, text] of Object.entries(reply.theirs || {})) {
        const control = form.elements.namedItem(name);
        if (choices(form, name).length) { otherTicks(name, reply); continue; }
        if (!control || !control.insertAdjacentElement) continue;
        const box = element("div", "pw-restore");
        box.dataset.theirs = name;
        box.append(element("p", "", "Intussen bewaard door iemand anders:"), element("blockquote", "pw-prewrap", text));
        confirmed[name] = [text];
        const row = element("div", "pw-row");
        row.append(
          choice("Behoud mijn tekst", "secondary", box, () => { control.focus(); decided(reply); }),
          choice("Neem die tekst over", "secondary", box, () => {
            control.value = text;
            control.dispatchEvent(new Event("input", { bubbles: true }));
            control.focus();
            decided(reply);
          }),
        );
        box.append(row);
        control.insertAdjacentElement("afterend", box);
      }
    }

    function putBack(copy, names) {
      const here = names.filter((name) => name in confirmed);
      if (version) version.value = patched(version.value, copy.version, here);
      if (readCall && copy.call_version) readCall.value = copy.call_version;
      fill(form, Object.fromEntries(here.map((name) => [name, copy.fields[name].value])));
      const kept = keep();
      const rest = names.filter((name) => !(name in confirmed));
      // What has no field any more stays, and what could not be kept anew too.
      if (rest.length) store.write({ ...copy, fields: Object.fromEntries(rest.map((name) => [name, copy.fields[name]])) });
      else if (kept) store.clear(copy.id);
      plan();
    }

    function offerRestore() {
      for (const copy of store.read().reverse()) {
        const names = different(copy, confirmed);
        if (!names.length) { store.clear(copy.id); continue; }
        const sentence = "Je typte dit op " + moment(copy.at) + " en het was nog niet bewaard.";
        const box = boxOf(copy, names, sentence, (made) => [
          button("Terugzetten", "primary", () => { made.remove(); putBack(copy, names); }),
          button("Weggooien", "secondary", () => { store.clear(copy.id); made.remove(); }),
        ]);
        box.setAttribute("role", "status");
        form.prepend(box);
      }
    }

    form.addEventListener("input", (event) => {
      if (event.target.closest && event.target.closest("[data-autosave-skip]")) return;
      keep();
      plan();
    });
    form.addEventListener("change", () => { keep(); plan(); });
    window.addEventListener("online", () => changes().length && save());
    document.addEventListener("visibilitychange", () => document.hidden && changes().length && save());
    window.addEventListener("beforeunload", (event) => {
      if (changes().length && !form.dataset.leaving) event.preventDefault();
    });
    form.addEventListener("submit", () => {
      form.dataset.leaving = "yes"; // the copy stays until the next page shows the same text
      clearTimeout(timer);
    });
    warnBeforeSignOut(changes);
    if (output && !output.hasAttribute("aria-live")) output.setAttribute("aria-live", "polite");
    // A page that comes back with what was typed and refused shows nothing that the server has.
    if (!form.hasAttribute("data-autosave-refused")) offerRestore();
  }

  document.querySelectorAll("form[data-autosave]").forEach(start);
  document.querySelectorAll("[data-autosave-kept]").forEach(showKept);
})();
