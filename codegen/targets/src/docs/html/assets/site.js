// The reference site reads without this: search, theme, tabs, copy buttons and colours of code are what it adds.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // Theme: the reader's system decides until the button is used.
  const theme = document.getElementById("theme");
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemIsDark.matches);
  const label = () => { theme.title = `Use ${isDark() ? "light" : "dark"} colours`; theme.setAttribute("aria-label", theme.title); };
  theme.hidden = false;
  label();
  systemIsDark.addEventListener("change", label);
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* A page from disk may have no storage. */ }
    label();
  });

  // The list of pages on a phone.
  const navigation = document.getElementById("navigation");
  const menu = document.querySelector(".menu");
  menu.setAttribute("role", "button");
  menu.setAttribute("aria-expanded", "false");
  menu.addEventListener("click", (event) => {
    event.preventDefault();
    menu.setAttribute("aria-expanded", String(navigation.classList.toggle("open")));
  });
  const current = navigation.querySelector("[aria-current]");
  if (current) navigation.scrollTop = Math.max(0, current.offsetTop - navigation.clientHeight / 2);

  // Search.
  const search = document.getElementById("search");
  const input = make("input", { type: "text", placeholder: "Search hooks, parameters, values", autocomplete: "off", spellcheck: false });
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-label", "Search");
  input.setAttribute("aria-controls", "found");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-autocomplete", "list");
  const found = make("ul", { id: "found", className: "found", hidden: true });
  found.setAttribute("role", "listbox");
  found.setAttribute("aria-label", "Search results");
  search.append(input, make("kbd", { textContent: "/" }), found);
  search.hidden = false;

  let loading = null;
  const index = () => (loading ??= new Promise((resolve, reject) => {
    const script = make("script", { src: `${root.dataset.root}assets/search.js`, onerror: reject });
    script.onload = () => resolve(window.siteIndex.map(([what, name, about, address, also = ""]) => ({
      what, name, about, address, low: name.toLowerCase(), words: wordsOf(name), rest: `${also} ${about}`.toLowerCase(), also: also.toLowerCase(),
    })));
    document.head.append(script);
  }));
  const wordsOf = (name) => name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const weight = { connect: 9, direct: 9, event: 9, incoming: 9, page: 7, enum: 6, record: 6, flow: 5, setting: 5, problem: 4, parameter: 3, value: 2 };

  const score = (entry, terms) => {
    let total = 0;
    for (const term of terms) {
      if (entry.low === term) total += 100;
      else if (entry.low.startsWith(term)) total += 60;
      else if (entry.words.some((word) => word.startsWith(term))) total += 40;
      else if (entry.low.includes(term)) total += 25;
      else if (entry.also.includes(term)) total += 20;
      else if (entry.rest.includes(term)) total += 6;
      else return 0;
    }
    return total + (weight[entry.what] ?? 0) - entry.low.length / 50;
  };

  const marked = (name, terms) => {
    const at = terms.map((term) => [name.toLowerCase().indexOf(term), term.length]).find(([start]) => start >= 0);
    if (!at) return [name];
    const [start, length] = at;
    return [name.slice(0, start), make("mark", { textContent: name.slice(start, start + length) }), name.slice(start + length)];
  };

  const show = (isOpen) => {
    found.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) input.removeAttribute("aria-activedescendant");
  };
  const select = (option) => {
    found.querySelector("[aria-selected='true']")?.setAttribute("aria-selected", "false");
    if (!option) return;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  let asked = 0;
  const update = async () => {
    const ask = ++asked;
    const text = input.value.trim().toLowerCase();
    if (!text) return show(false);
    const entries = await index();
    if (ask !== asked) return;
    const terms = text.split(/\s+/);
    const best = entries.map((entry) => [score(entry, terms), entry]).filter(([points]) => points > 0);
    best.sort(([a], [b]) => b - a);
    found.replaceChildren(...best.slice(0, 30).map(([, entry], at) => {
      const kind = make("span", { className: `pill of-${entry.what}`, textContent: entry.what });
      const link = make("a", { href: root.dataset.root + entry.address, tabIndex: -1 },
        make("span", { className: "name" }, ...marked(entry.name, terms)), kind, make("span", { className: "about", textContent: entry.about }));
      const option = make("li", { id: `found-${at}` }, link);
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      return option;
    }));
    if (best.length === 0) {
      const nothing = make("li", { id: "found-0", className: "nothing", textContent: `Nothing is called “${input.value.trim()}”.` });
      nothing.setAttribute("role", "option");
      nothing.setAttribute("aria-selected", "false");
      nothing.setAttribute("aria-disabled", "true");
      found.append(nothing);
    }
    found.scrollTop = 0;
    show(true);
    select(best.length ? found.firstElementChild : null);
  };
  input.addEventListener("input", update);
  input.addEventListener("focus", () => { index(); if (input.value) update(); });
  input.addEventListener("keydown", (event) => {
    const selected = found.querySelector("[aria-selected='true']");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = event.key === "ArrowDown" ? selected?.nextElementSibling : selected?.previousElementSibling;
      if (next) select(next);
    } else if (event.key === "Enter") {
      selected?.querySelector("a")?.click();
    } else if (event.key === "Escape") {
      show(false);
      input.value = "";
      input.blur();
    }
  });
  found.addEventListener("click", () => { show(false); input.blur(); });
  document.addEventListener("click", (event) => { if (!search.contains(event.target)) show(false); });
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    const wanted = (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) || (event.key === "k" && (event.ctrlKey || event.metaKey));
    if (!wanted) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  // What is linked to is open; so is everything on paper.
  const openTarget = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target && target.querySelector("td > details");
    if (details) details.open = true;
  };
  openTarget();
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((details) => { details.open = true; }));

  // Programs: tabs, colours, copy buttons.
  const colours = /(\/\/[^\n]*|(?<=^|\s)#(?!\[)[^\n]*)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')(\s*:)?|\b(import|from|export|function|return|type|const|let|async|await|def|use|fn|pub|true|false|null|None)\b|(#\[[^\]\n]*\]|@[\w.]+)|\b(\d+(?:\.\d+)?)\b/gm;
  const colour = (code) => {
    const text = code.textContent;
    const pieces = [];
    let end = 0;
    for (const match of text.matchAll(colours)) {
      const [whole, comment, string, colon, word, mark, number] = match;
      pieces.push(text.slice(end, match.index));
      end = match.index + whole.length;
      const kind = comment ? "c" : string ? (colon ? "k" : "s") : word ? "k" : mark ? "m" : number ? "n" : "";
      pieces.push(make("span", { className: kind, textContent: string ?? whole }), string ? (colon ?? "") : "");
    }
    code.replaceChildren(...pieces, text.slice(end));
  };
  for (const pre of document.querySelectorAll("main pre")) {
    const code = pre.querySelector("code");
    if (code?.className && !/-(text|properties)$/.test(code.className)) colour(code);
    pre.tabIndex = 0;
    const copy = make("button", { type: "button", className: "button copy", textContent: "Copy" });
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(pre.textContent);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(pre);
        copy.textContent = "Selected";
      }
      setTimeout(() => { copy.textContent = "Copy"; }, 1500);
    });
    const around = make("div", { className: "with-copy" });
    pre.replaceWith(around);
    around.append(pre, copy);
  }
  for (const tabs of document.querySelectorAll(".tabs")) {
    const panels = [...tabs.children];
    const list = make("div", { className: "tablist" });
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", "Language");
    const buttons = panels.map((panel) => {
      const button = make("button", { type: "button", textContent: panel.dataset.tab, id: `${panel.id}-tab` });
      button.setAttribute("role", "tab");
      button.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      panel.querySelector("h3")?.remove();
      button.addEventListener("click", () => choose(panels.indexOf(panel)));
      return button;
    });
    const choose = (chosen) => {
      panels.forEach((panel, at) => { panel.hidden = at !== chosen; });
      buttons.forEach((button, at) => {
        button.setAttribute("aria-selected", String(at === chosen));
        button.tabIndex = at === chosen ? 0 : -1;
      });
      try { localStorage.setItem("language", panels[chosen].dataset.tab); } catch { /* As above. */ }
    };
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
      choose(next);
      buttons[next].focus();
    });
    list.append(...buttons);
    tabs.prepend(list);
    let remembered = null;
    try { remembered = localStorage.getItem("language"); } catch { /* As above. */ }
    choose(Math.max(0, panels.findIndex((panel) => panel.dataset.tab === remembered)));
  }

  // Which section is being read.
  const contents = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  if (contents.size > 0) {
    const watch = () => {
      const headings = [...contents.keys()].map((id) => document.getElementById(id)).filter(Boolean);
      const read = headings.findLast((heading) => heading.getBoundingClientRect().top < 140) ?? headings[0];
      for (const [id, link] of contents) link.classList.toggle("here", id === read?.id);
    };
    addEventListener("scroll", watch, { passive: true });
    watch();
  }
})();
