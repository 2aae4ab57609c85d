// Sends the files of <form data-upload> one by one while one watches, two at a time. The form works without it: its own
// button sends one file and shows the page again.
//
// Answers: 201 {"state": "added", "files": [{id, name, kind, size, href, remove_href, already}], left_files, left_bytes,
//               left_text}
//          422 or 403 {"state": "refused", "message": …, left_…}      401 {"state": "signed_out"}
(function () {
  "use strict";
  const AT_ONCE = 2;
  const MEGABYTE = 1024 * 1024;

  function make(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function sizeText(bytes) {
    if (bytes < MEGABYTE) return Math.max(1, Math.round(bytes / 1024)) + " kB";
    return (bytes / MEGABYTE).toFixed(1).replace(".", ",").replace(",0", "") + " MB";
  }

  function start(form) {
    const input = form.querySelector("input[type=file]");
    const list = form.querySelector("[data-upload-list]");
    const status = form.querySelector("[data-upload-status]");
    const drop = form.querySelector(".pw-drop");
    const allowed = input.accept.split(",");
    const sentences = JSON.parse(form.dataset.uploadSentences || "{}"); // what to do about kinds often chosen
    const most = Number(form.dataset.uploadMost);
    const waiting = [];
    let busy = 0;

    input.multiple = true;
    form.querySelector("[data-upload-button]").hidden = true;

    const say = (text) => { status.textContent = text; };

    // What the server would refuse anyway, before it is sent all the way.
    function refusal(file) {
      const dot = file.name.lastIndexOf(".");
      const extension = dot < 0 ? "" : file.name.slice(dot).toLowerCase();
      if (!allowed.includes(extension)) return sentences[extension] || "Dit soort bestand kan niet.";
      if (file.size === 0) return "Dit bestand is leeg.";
      if (file.size > most) return "Dit bestand is te groot: hoogstens " + sizeText(most) + ".";
      return "";
    }

    function line(file) {
      const item = make("li", "pw-upload");
      const name = make("bdi", "pw-upload__name", file.name);
      const text = make("span", "pw-upload__state", "Wacht…");
      const bar = document.createElement("progress");
      bar.max = 100;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      const stop = make("button", "pw-button pw-button--link", "Annuleer");
      stop.type = "button";
      stop.append(make("span", "pw-visually-hidden", " " + file.name));
      item.append(name, bar, text, stop);
      list.append(item);
      list.hidden = false;
      return { item, text, bar, stop };
    }

    function failed(job, message, again) {
      const { item, text, bar, stop } = job.line;
      bar.remove();
      item.classList.add("pw-upload--failed");
      text.textContent = message;
      say(job.file.name + ": " + message);
      stop.replaceChildren(again ? "Probeer opnieuw" : "Sluit", make("span", "pw-visually-hidden", " " + job.file.name));
      stop.onclick = () => {
        leave(item);
        if (again) add(job.file);
      };
    }

    function leave(item) {
      const held = item.contains(document.activeElement);
      item.remove();
      list.hidden = !list.children.length;
      if (held) input.focus();
    }

    function room(answer) {
      if (answer.left_text) form.querySelector("[data-upload-room]").textContent = answer.left_text;
    }

    function show(file) {
      const rows = document.querySelector("[data-upload-table] tbody");
      const row = document.querySelector("[data-upload-row]").content.cloneNode(true);
      row.querySelectorAll("[data-upload-name]").forEach((one) => { one.textContent = file.name; });
      row.querySelector("[data-upload-kind]").textContent = file.kind;
      row.querySelector("[data-upload-size]").textContent = file.size;
      row.querySelector("a").href = file.href;
      row.querySelector("form").action = file.remove_href;
      rows.append(row);
      document.querySelector("[data-upload-table]").hidden = false;
      const empty = document.querySelector("[data-upload-empty]");
      if (empty) empty.remove();
    }

    function answered(job, xhr) {
      let answer = {};
      try { answer = JSON.parse(xhr.responseText); } catch { /* a page instead: the status says enough */ }
      room(answer);
      if (xhr.status === 201) {
        const file = answer.files[0];
        if (file.already) return failed(job, "Dit bestand stond er al, als " + file.name + ".", false);
        show(file);
        say(file.name + " is toegevoegd.");
        leave(job.line.item);
      } else if (answer.message) failed(job, answer.message, false);
      else if (xhr.status === 401 || xhr.status === 400)
        failed(job, "Je bent intussen afgemeld. Herlaad de pagina, meld je aan en voeg dit bestand opnieuw toe.", false);
      else if (xhr.status === 413) failed(job, "Dit bestand is te groot: hoogstens " + sizeText(most) + ".", false);
      else failed(job, "Niet bewaard: er ging iets mis. Probeer het opnieuw.", true);
    }

    function send(job) {
      const xhr = new XMLHttpRequest();
      const body = new FormData();
      body.append("csrf_token", form.querySelector("[name=csrf_token]").value);
      body.append(input.name, job.file, job.file.name);
      const over = () => {
        busy -= 1;
        next();
      };
      xhr.upload.onprogress = (event) => {
        if (!event.lengthComputable) return;
        const done = Math.floor((event.loaded / event.total) * 100);
        job.line.bar.value = done;
        job.line.text.textContent = done + "% van " + sizeText(job.file.size);
      };
      // From here on the server has it all: stopping would leave in doubt whether it was added.
      xhr.upload.onload = () => {
        job.line.bar.removeAttribute("value");
        job.line.text.textContent = "Wordt nagekeken…";
        job.line.stop.hidden = true;
      };
      xhr.onload = () => {
        job.line.stop.hidden = false;
        answered(job, xhr);
        over();
      };
      xhr.onerror = () => {
        job.line.stop.hidden = false;
        failed(job, "De verbinding viel weg. Het bestand is misschien niet bewaard.", true);
        over();
      };
      xhr.onabort = () => {
        say(job.file.name + " is geannuleerd.");
        leave(job.line.item);
        over();
      };
      job.line.stop.onclick = () => xhr.abort();
      xhr.open("POST", form.action);
      xhr.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      xhr.send(body);
      busy += 1;
    }

    function next() {
      while (busy < AT_ONCE && waiting.length) send(waiting.shift());
    }

    function add(file) {
      const job = { file, line: line(file) };
      const reason = refusal(file);
      if (reason) return failed(job, reason, false);
      job.line.stop.onclick = () => {
        waiting.splice(waiting.indexOf(job), 1);
        leave(job.line.item);
      };
      waiting.push(job);
      next();
    }

    input.addEventListener("change", () => {
      [...input.files].forEach(add);
      input.value = "";
    });
    ["dragenter", "dragover"].forEach((kind) => drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("pw-drop--over");
    }));
    ["dragleave", "drop"].forEach((kind) => drop.addEventListener(kind, () => drop.classList.remove("pw-drop--over")));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      [...event.dataTransfer.files].forEach(add);
    });
    window.addEventListener("beforeunload", (event) => {
      if (busy || waiting.length) event.preventDefault();
    });
  }

  document.querySelectorAll("form[data-upload]").forEach(start);
})();
