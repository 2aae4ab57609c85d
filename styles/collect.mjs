// Copies what the product serves from the npm packages, so that nothing of node is needed to run it.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const ICONS = "node_modules/@appuniversum/ember-appuniversum/public/icons";
const NAMES = [
  "add", "alarm", "alert-circle", "alert-triangle", "archive", "arrow-left", "arrow-right", "attachment",
  "building", "calendar", "check", "check-circle", "circle", "circle-x", "clock", "close", "comment", "copy",
  "document", "documents", "download", "external-link", "filter", "hammer", "info-circle", "key", "lightbulb",
  "link", "list-bullets", "location", "lock-closed", "lock-open", "login", "logout", "mail", "menu", "message",
  "nav-down", "nav-left", "nav-right", "nav-up", "not-visible", "organization-network", "pencil", "phone",
  "places-home", "printer", "question-circle", "redo", "report", "save", "search", "settings",
  "share-megaphone", "sort", "table", "timeline", "trash", "undo", "upload", "user", "users", "visible",
  "vote-star",
];

function symbol(name) {
  const source = readFileSync(`${ICONS}/${name}.svg`, "utf8");
  const viewBox = source.match(/viewBox="([^"]+)"/)[1];
  const body = source
    .slice(source.indexOf(">", source.indexOf("<svg")) + 1, source.lastIndexOf("</svg>"))
    .replace(/<title>.*?<\/title>/s, "")
    .replace(/\s(fill|stroke)="(#[0-9a-fA-F]{3,6}|black)"/g, ' $1="currentColor"')
    .replace(/\s+/g, " ")
    .trim();
  return `<symbol id="${name}" viewBox="${viewBox}">${body}</symbol>`;
}

for (const folder of ["css", "fonts", "js"]) mkdirSync(`app/static/${folder}`, { recursive: true });
const notice = "<!-- Icons of Appuniversum, MIT licence, Copyright (c) 2020: see LICENSES.md -->";
writeFileSync(
  "app/static/icons.svg",
  `${notice}\n<svg xmlns="http://www.w3.org/2000/svg">\n${NAMES.map(symbol).join("\n")}\n</svg>\n`,
);
for (const weight of [400, 500, 700]) {
  const file = `inter-latin-${weight}-normal.woff2`;
  copyFileSync(`node_modules/@fontsource/inter/files/${file}`, `app/static/fonts/${file}`);
}
copyFileSync("node_modules/htmx.org/dist/htmx.min.js", "app/static/js/htmx.min.js");
