// Searches and filters what the page shows anyway. Without it everything is there.
(() => {
  "use strict";
  const form = document.getElementById("filter");
  const found = document.getElementById("found");
  const { q, theme } = form.elements;
  const flags = ["hole", "look", "term"];
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const textOf = (elements) => fold(elements.map((one) => one.textContent).join("\n"));

  const line = (row) => ({ row, text: textOf([row]) });
  // Read when somebody searches for the first time.
  let products, people, others;
  const read = () => {
    if (products) return;
    const lines = new Map(all("#glance tbody tr").map((row) => [row.dataset.for, row]));
    products = all("article").map((article) => ({
      article,
      line: lines.get(article.id),
      flags: article.dataset.flags.split(" "),
      text: textOf(all("h3, .kind, .others, .agreed, thead th, details", article)),
      duties: all("tbody tr:not(.owner)", article).map((row) => ({ row, text: fold(row.cells[0].textContent) })),
      owners: all("tr.owner", article),
    }));
    people = all("#people tbody tr").map(line);
    others = all("#terms tbody tr, #duties tbody tr").map(line);
  };

  const show = (element, wanted) => {
    if (element && element.hidden === wanted) element.hidden = !wanted;
    return wanted;
  };

  const filter = () => {
    read();
    const words = fold(q.value).split(/\s+/).filter(Boolean);
    const wanted = flags.filter((flag) => form.elements[flag].checked);
    const has = (text) => words.every((word) => text.includes(word));
    let shown = 0;
    for (const one of products) {
      // Words that only duties have leave the rows of those duties.
      const left = words.filter((word) => !one.text.includes(word));
      const meant = one.duties.filter((duty) => left.every((word) => duty.text.includes(word)));
      const isShown = meant.length > 0 && wanted.every((flag) => one.flags.includes(flag));
      show(one.article, isShown);
      show(one.line, isShown);
      if (!isShown) continue;
      shown += 1;
      const rows = new Set(meant);
      for (const duty of one.duties) show(duty.row, left.length === 0 || rows.has(duty));
      for (const owner of one.owners) show(owner, left.length === 0);
    }
    const persons = people.filter((one) => show(one.row, has(one.text))).length;
    for (const one of others) show(one.row, has(one.text));
    for (const section of all("main > section")) {
      const rows = all(":scope > .scroll tbody tr, :scope > article", section);
      if (rows.length > 0 && section.id !== "products") show(section, section.id === "glance" || rows.some((row) => !row.hidden));
    }
    const isOn = words.length > 0 || wanted.length > 0;
    const of = (number, whole, noun) => `${number} of ${whole} ${noun}`;
    const people_ = of(persons, people.length, people.length === 1 ? "person" : "people");
    found.textContent = !isOn ? "" : shown + persons === 0
      ? "Nothing here has this in it."
      : `Shown: ${of(shown, products.length, products.length === 1 ? "product" : "products")}, ${people_}.`;
  };

  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(filter);
  };
  form.addEventListener("input", (event) => {
    if (event.target === theme) document.documentElement.dataset.theme = theme.value;
    else soon();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target === q && q.value) {
      q.value = "";
      soon();
    }
  });
  form.hidden = false;

  // What can be scrolled can be reached with the keyboard, and nothing else costs a stop on the way.
  const reach = (scroll) => {
    if (scroll.scrollWidth > scroll.clientWidth) scroll.tabIndex = 0;
    else scroll.removeAttribute("tabindex");
  };
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) reach(entry.target);
  });
  for (const scroll of all(".scroll")) seen.observe(scroll);
  addEventListener("resize", () => {
    for (const scroll of all(".scroll")) { seen.unobserve(scroll); seen.observe(scroll); }
  });
})();
