// Keeps the marks of [data-coverage] as somebody types: an obstacle is full when its three parts hold text, part
// when one does. The server drew them first; what colleagues saved elsewhere comes with the answer of a save.
(function () {
  "use strict";
  const WORDS = { full: "volledig", part: "begonnen", none: "nog leeg" };
  const form = document.querySelector("form[data-autosave]");
  if (!form || !document.querySelector("[data-coverage]")) return;
  const rows = new Map(); // obstacle -> its fields
  for (const area of form.querySelectorAll("textarea")) {
    const id = area.name.split("-")[1];
    if (!rows.has(id)) rows.set(id, []);
    rows.get(id).push(area);
  }
  const here = new Set(rows.keys());
  const approach = new Map();

  function show(id, level) {
    document.querySelectorAll(`[data-obstacle="${id}"]`).forEach((mark) => {
      if (mark.dataset.level === level) return;
      mark.dataset.level = level;
      mark.querySelector("[data-level-word]").textContent = WORDS[level];
    });
  }

  function step(id, has) {
    document.querySelectorAll(`.pw-steps a[href="#obstakel-${id}"]`).forEach((link) => {
      const mark = link.querySelector(".pw-steps__state");
      const word = link.querySelector(".pw-visually-hidden");
      if (mark) mark.className = `pw-steps__state pw-steps__state--${has ? "done" : "open"}`;
      if (word) word.textContent = has ? " (in orde)" : " (nog te doen)";
    });
  }

  function count() {
    const now = [...here].filter((id) => approach.get(id)).length;
    document.querySelectorAll("[data-coverage-count]").forEach((line) => {
      const [was, total] = line.textContent.match(/\d+/g).map(Number);
      if (line.dataset.coverageCount !== "all") {
        line.textContent = `${now} van ${total}`;
        return;
      }
      line.dataset.elsewhere = line.dataset.elsewhere || was - [...here].filter((id) => begun.get(id)).length;
      line.textContent = `${Number(line.dataset.elsewhere) + now} van ${total}`;
    });
  }

  function look(id) {
    const filled = rows.get(id).map((area) => Boolean(area.value.trim()));
    approach.set(id, filled[0]);
    show(id, filled.every(Boolean) ? "full" : filled.some(Boolean) ? "part" : "none");
    step(id, filled[0]);
  }

  // what the fields held when the server counted
  const begun = new Map([...here].map((id) => [id, Boolean(rows.get(id)[0].defaultValue.trim())]));
  form.addEventListener("input", (event) => {
    const id = event.target.name && event.target.name.split("-")[1];
    if (here.has(id)) look(id);
    else if (event.target === form) here.forEach(look);
    count();
  });
  form.addEventListener("autosave:saved", (event) => {
    for (const [id, level] of Object.entries(event.detail.levels || {})) if (!here.has(id)) show(id, level);
  });
  here.forEach(look);
  count();
})();
