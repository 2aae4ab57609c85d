// A small toolbar above every textarea with data-markdown="ADDRESS": it only types the marks of Markdown, so that
// the field stays a plain one and undo works. The address renders an example (POST, text -> safe HTML).
(function () {
  "use strict";
  const ACTS = [
    { name: "Vet", sign: "B", key: "b", act: (area) => around(area, "**", "vette tekst") },
    { name: "Cursief", sign: "I", key: "i", act: (area) => around(area, "*", "schuine tekst") },
    { name: "Tussenkop", sign: "H", act: (area) => lines(area, /^#{1,6} /, () => "### ") },
    { name: "Opsomming", sign: "•", act: (area) => lines(area, /^[-*] /, () => "- ") },
    { name: "Genummerde lijst", sign: "1.", act: (area) => lines(area, /^\d+[.)] /, (place) => place + 1 + ". ") },
    { name: "Link", sign: "Link", act: link },
  ];

  // As if typed: the browser keeps it in its undo list.
  function put(area, start, end, text, from, to) {
    area.focus();
    area.setSelectionRange(start, end);
    const typed = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!typed) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    area.setSelectionRange(from, to);
  }

  function around(area, mark, example) {
    const text = area.value;
    let { selectionStart: start, selectionEnd: end } = area;
    while (start < end && /\s/.test(text[start])) start++;
    while (end > start && /\s/.test(text[end - 1])) end--;
    const size = mark.length;
    const chosen = text.slice(start, end);
    const beside = (place) => text[place] === mark[0];
    const outside = text.slice(start - size, start) === mark && text.slice(end, end + size) === mark;
    const lone = size > 1 || !(beside(start - 2) || beside(end + 1)) || (beside(start - 3) && beside(end + 2));
    if (chosen && outside && lone) return put(area, start - size, end + size, chosen, start - size, end - size);
    const inside = chosen || example;
    put(area, start, end, mark + inside + mark, start + size, start + size + inside.length);
  }

  function lines(area, has, made) {
    const text = area.value;
    const start = text.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const stop = text.indexOf("\n", area.selectionEnd);
    const end = stop < 0 ? text.length : stop;
    const rows = text.slice(start, end).split("\n");
    const off = rows.every((row) => has.test(row));
    const bare = (row) => row.replace(/^(#{1,6}|[-*]|\d+[.)]) /, "");
    const result = rows.map((row, place) => (off ? bare(row) : made(place) + bare(row))).join("\n");
    put(area, start, end, result, rows.length > 1 ? start : start + result.length, start + result.length);
  }

  function link(area) {
    const { selectionStart: start, selectionEnd: end } = area;
    const chosen = area.value.slice(start, end).trim();
    const isAddress = /^(https?:\/\/|mailto:)\S+$/i.test(chosen);
    const words = isAddress ? "tekst" : chosen || "tekst";
    const address = isAddress ? chosen : "https://";
    const made = "[" + words + "](" + address + ")";
    const from = start + (isAddress ? 1 : words.length + 3);
    put(area, start, end, made, from, from + (isAddress ? words : address).length);
  }

  function button(name, sign) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "pw-toolbar__button";
    made.textContent = sign;
    made.tabIndex = -1;
    return made;
  }

  // Both are named for what they are and described by the field they belong to.
  function describe(part, area) {
    const label = area.labels && area.labels[0];
    if (!label) return;
    label.id = label.id || area.id + "-label";
    part.setAttribute("aria-describedby", label.id);
  }

  function preview(area, toggle, shown) {
    const off = () => {
      shown.hidden = true;
      area.hidden = false;
      toggle.setAttribute("aria-pressed", "false");
    };
    toggle.addEventListener("click", async () => {
      if (!shown.hidden) { off(); area.focus(); return; }
      const token = area.form && area.form.elements.namedItem("csrf_token");
      const body = new URLSearchParams({ text: area.value, csrf_token: token ? token.value : "" });
      shown.textContent = "Even geduld…";
      shown.hidden = false;
      area.hidden = true;
      toggle.setAttribute("aria-pressed", "true");
      try {
        const answer = await fetch(area.dataset.markdown, {
          method: "POST", body, headers: { "X-Requested-With": "XMLHttpRequest" }, credentials: "same-origin", redirect: "manual",
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const html = await answer.text(); // made safe by the server
        if (html.trim()) shown.innerHTML = html;
        else shown.textContent = "Er staat nog geen tekst.";
        shown.focus();
      } catch {
        shown.textContent = "Het voorbeeld kan nu niet getoond worden. Je tekst staat er nog.";
      }
    });
    // what puts another text in the field also shows it
    area.addEventListener("input", () => { if (!shown.hidden) off(); });
  }

  function start(area) {
    const bar = document.createElement("div");
    bar.className = "pw-toolbar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Opmaak");
    describe(bar, area);
    bar.setAttribute("aria-controls", area.id);
    for (const one of ACTS) {
      const made = button(one.name, one.sign);
      const keys = one.key ? " (Ctrl+" + one.key.toUpperCase() + ")" : "";
      made.title = one.name + keys;
      made.setAttribute("aria-label", one.name);
      if (one.key) made.setAttribute("aria-keyshortcuts", "Control+" + one.key.toUpperCase());
      made.dataset.sign = one.key || "";
      made.addEventListener("click", () => { if (!area.hidden) one.act(area); });
      bar.append(made);
    }
    const toggle = button("Voorbeeld", "Voorbeeld");
    toggle.setAttribute("aria-pressed", "false");
    toggle.classList.add("pw-toolbar__button--wide");
    bar.append(toggle);
    bar.firstElementChild.tabIndex = 0;
    const shown = document.createElement("div");
    shown.className = "pw-prose pw-toolbar__preview";
    shown.hidden = true;
    shown.tabIndex = 0;
    shown.dir = "auto";
    shown.setAttribute("role", "region");
    shown.setAttribute("aria-label", "Voorbeeld");
    describe(shown, area);
    area.before(bar);
    area.after(shown);
    preview(area, toggle, shown);

    const moves = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    bar.addEventListener("keydown", (event) => {
      const all = [...bar.children];
      const place = all.indexOf(document.activeElement);
      const next = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1
        : event.key in moves ? (place + moves[event.key] + all.length) % all.length : -1;
      if (next < 0) return;
      event.preventDefault();
      all[next].focus();
    });
    bar.addEventListener("focusin", (event) => {
      for (const one of bar.children) one.tabIndex = one === event.target ? 0 : -1;
    });
    area.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const one = ACTS.find((act) => act.key === event.key.toLowerCase());
      if (!one) return;
      event.preventDefault();
      one.act(area);
    });
  }

  document.querySelectorAll("textarea[data-markdown]").forEach(start);
})();
