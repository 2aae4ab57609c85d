// Comfort on top of pages that work without it: focus, questions before an act, a warning for unsaved text.
(function () {
  "use strict";

  function focusErrorSummary(root) {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }

  // A link in the summary takes the field itself, also inside a list of choices.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a[href^='#']");
    if (!link) return;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    const control = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
    (target.closest(".pw-field") || target).scrollIntoView({ block: "start" });
    (control || target).focus({ preventScroll: true });
  });

  const dialog = document.querySelector("[data-confirm-dialog]");
  let waiting = null;

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-confirm]");
    if (!button || !dialog || !dialog.showModal || button.dataset.confirmed) return;
    event.preventDefault();
    waiting = button;
    dialog.querySelector("[data-confirm-text]").textContent = button.dataset.confirm;
    const yes = dialog.querySelector("[data-confirm-yes]");
    yes.textContent = button.textContent.trim(); // the act by its own name, not "OK"
    yes.classList.toggle("pw-button--danger", button.classList.contains("pw-button--danger"));
    dialog.showModal();
  });

  if (dialog) {
    dialog.querySelector("[data-confirm-no]").addEventListener("click", () => dialog.close());
    dialog.querySelector("[data-confirm-yes]").addEventListener("click", () => {
      const button = waiting;
      dialog.close();
      if (!button) return;
      button.dataset.confirmed = "yes";
      const answer = document.createElement("input"); // so that the server does not ask it once more
      Object.assign(answer, { type: "hidden", name: "bevestigd", value: "ja" });
      if (button.form) button.form.append(answer);
      button.click();
      answer.remove();
      delete button.dataset.confirmed;
    });
    dialog.addEventListener("close", () => {
      if (waiting) waiting.focus();
      waiting = null;
    });
  }

  // A date that is half typed would be sent as an empty one, and take away what is stored. In the capture
  // phase, so that nothing else hears that the form was sent.
  const HALF = { time: "Dit uur is niet volledig.", number: "Dit is geen getal." };
  const half = (control) => control.validity && control.validity.badInput;

  function tellHalf(control) {
    const id = `${control.id || control.name}-half`;
    let told = document.getElementById(id);
    if (!told) {
      told = document.createElement("p");
      told.id = id;
      told.className = "pw-error";
      told.setAttribute("role", "alert");
      control.before(told);
      const wrong = control.getAttribute("aria-invalid");
      const described = control.getAttribute("aria-describedby");
      control.setAttribute("aria-describedby", described ? `${described} ${id}` : id);
      control.setAttribute("aria-invalid", "true");
      control.addEventListener("input", () => {
        if (half(control)) return;
        told.remove();
        if (described) control.setAttribute("aria-describedby", described);
        else control.removeAttribute("aria-describedby");
        if (!wrong) control.removeAttribute("aria-invalid");
      });
    }
    told.textContent = HALF[control.type] || "Deze datum is niet volledig.";
  }

  document.addEventListener("submit", (event) => {
    const wrong = [...event.target.elements].filter(half);
    if (!wrong.length) return;
    event.preventDefault();
    event.stopPropagation();
    wrong.forEach(tellHalf);
    wrong[0].closest("details:not([open])")?.setAttribute("open", "");
    wrong[0].focus();
  }, true);

  // <form data-warn-unsaved>: forms that save by themselves do not need it.
  const touched = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-warn-unsaved]");
    if (form) touched.add(form);
  });
  document.addEventListener("submit", (event) => touched.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if (touched.size) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    document.querySelectorAll("details.pw-menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.pw-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  document.body.addEventListener("htmx:afterSwap", (event) => focusErrorSummary(event.target));
  focusErrorSummary(document);
})();
