// Digits choose the level of the criterion one is in; without this the radio buttons work as always.
(function () {
  "use strict";
  document.querySelectorAll("form[data-scoresheet]").forEach((form) => {
    form.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
      if (!event.target.matches('input[type="radio"]')) return;
      const choice = form.querySelector('input[name="' + event.target.name + '"][value="' + event.key + '"]');
      if (!choice) return;
      event.preventDefault();
      choice.checked = true;
      choice.focus();
      choice.dispatchEvent(new Event("input", { bubbles: true }));
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
})();
