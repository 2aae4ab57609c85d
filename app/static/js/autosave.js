// Saves <form data-autosave="URL" data-autosave-key="…"> while one types. The form works without it: its own button
// posts the same fields. Until the server confirms, what was typed is kept in this browser.
//
// Answers: {"state": "saved", "version": n, "saved_at": "14:03:22"}
//          {"state": "conflict", "message": …, "theirs": {field: text}, "version": n}   (any status; with the
//          version now on the server, saving goes on once every difference has been decided)
//          any of them may carry "also_here": [sentences about colleagues, for [data-autosave-presence]]
//          and "call_changed": {version, message, changes: [{label, kind, text, words}], href}
//          401 or 403 {"state": "signed_out"}      409 or 410 {"state": "closed", "message": …}
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

  function localStore(key) {
    const name = "partnerwijzer:" + key;
    const attempt = (act) => {
      try { return act(); } catch { return null; } // private mode or full: saving on the server still works
    };
    return {
      read: () => attempt(() => JSON.parse(localStorage.getItem(name))),
      write: (values) => attempt(() => { localStorage.setItem(name, JSON.stringify(values)); return true; }),
      clear: () => attempt(() => localStorage.removeItem(name)),
    };
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
      anchor.addEventListener("click", () => { if (store.write(valuesOf(form))) form.dataset.leaving = "yes"; });
      output.append(" ", anchor);
    }

    function changes() {
      const now = valuesOf(form);
      return Object.keys(now).filter((name) => !same(now[name], confirmed[name]));
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
      if (!names.length) { store.clear(); return; }
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
        return show("closed", reply.message || "Niet bewaard: dit kan niet meer gewijzigd worden. Je tekst staat in deze browser.");
      }
      show("failed", reply.message || "Niet bewaard: de server antwoordt niet zoals verwacht");
      timer = setTimeout(save, RETRY);
    }

    function saved(reply, sent, names) {
      for (const name of names) confirmed[name] = sent[name];
      if (version && reply.version !== undefined) version.value = reply.version;
      if (changes().length) plan();
      else store.clear();
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
      if (version) version.value = reply.version;
      stopped = false;
      plan();
    }

    function choice(text, kind, box, act) {
      const made = element("button", "pw-button pw-button--" + kind, text);
      made.type = "button";
      made.addEventListener("click", () => { box.remove(); act(); });
      return made;
    }

    // Both texts stay on the screen: theirs beside the field, one's own in it.
    function conflict(reply) {
      stopped = true;
      show("conflict", reply.message || "Niet bewaard: iemand anders wijzigde dit intussen.");
      form.querySelectorAll(".pw-restore[data-theirs]").forEach((old) => old.remove());
      for (const [name, text] of Object.entries(reply.theirs || {})) {
        const control = form.elements.namedItem(name);
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

    function offerRestore() {
      const kept = store.read();
      if (!kept) return;
      const differs = Object.keys(kept).some((name) => name in confirmed && !same(kept[name], confirmed[name]));
      if (!differs) { store.clear(); return; }
      const box = element("div", "pw-restore");
      box.setAttribute("role", "status");
      const back = element("button", "pw-button pw-button--primary", "Terugzetten");
      const away = element("button", "pw-button pw-button--secondary", "Weggooien");
      back.type = away.type = "button";
      back.addEventListener("click", () => { fill(form, kept); box.remove(); plan(); });
      away.addEventListener("click", () => { store.clear(); box.remove(); });
      const row = element("div", "pw-row");
      row.append(back, away);
      box.append(element("p", "", "Er staat een recentere tekst in deze browser"), row);
      form.prepend(box);
    }

    form.addEventListener("input", (event) => {
      if (event.target.closest && event.target.closest("[data-autosave-skip]")) return;
      store.write(valuesOf(form));
      plan();
    });
    form.addEventListener("change", plan);
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
    offerRestore();
  }

  document.querySelectorAll("form[data-autosave]").forEach(start);
})();
