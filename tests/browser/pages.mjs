// Writes the role files from which the pages are made: a company with something of everything, one with 500 teams, one
// product with 24 teams, and names that try to be something else. The same on every machine.

import { mkdirSync, writeFileSync } from "node:fs";

const [root] = process.argv.slice(2);
const write = (folder, name, text) => {
  mkdirSync(`${root}/${folder}`, { recursive: true });
  writeFileSync(`${root}/${folder}/${name}`, text);
};

let state = 7;
const chance = (share) => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647 < share;
};

write("tea", ".rolelint.yaml", `today: 2026-06-15
catalog: tea.roles.yaml
exceptions:
  - {rule: vacant-role, where: tasting.roles.yaml, reason: The harvest decides, until: 2026-07-01}
`);
write("tea", "tea.roles.yaml", `catalog: tea
extends: popm
roles:
  leaf-buyer: {title: Leaf Buyer, scope: product}
duties:
  leaf-quality: {title: Quality of the leaf, role: leaf-buyer, core: true, explain: Somebody tastes before anybody pays.}
`);
write("tea", "people.roles.yaml", `people:
  ada: {name: Ada Finch}
  bo: {name: Bo Larsen}
  cy: {name: Cy Patel, left: 2026-05-01}
  dee: {name: Dée Okoro}
`);
write("tea", "shop.roles.yaml", `product: shop
name: The tea shop
roles:
  product-manager:
    holders: [ada, dee]
    job_share: true
    duties:
      - customer-research: Ask ten guests a month
      - vision-and-strategy
      - Own the roadmap for the next four quarters
      - Give input on the order of the backlog
      - Dust the shelves
      - text: Talk with the harbour about the new warehouse
        until: 2026-09-30
  leaf-buyer:
    holder: {person: bo, status: interim, until: 2026-06-10}
`);
write("tea", "packing.roles.yaml", `team: packing
name: Packing crew
product: shop
roles:
  product-owner:
    holder: bo
    duties: [backlog-refinement, roadmap, leaf-quality, team-liaison]
shared:
  - {duty: customer-focus, accountable: product-manager, responsible: [product-owner]}
`);
write("tea", "tasting.roles.yaml", `team: tasting
name: Tasting crew
product: shop
roles:
  product-owner: {vacant: {since: 2026-03-01}}
`);
write("tea", "blending.roles.yaml", "team: blending\nproduct: shop\nroles: {product-owner: cy}\n");
write("tea", "garden.roles.yaml", "team: garden\nmodel: combined\nroles:\n  popm: {combines: [product-manager, product-owner], holder: ada}\n");
write("tea", "office.roles.yaml", "team: office\nroles: {product-owner: eve}\n");
write("tea", "harbour.roles.yaml", "team: harbour\nproduct: ships\nmodel: po-led\nroles: {product-owner: {vacant: {since: 2026-06-01, cover: dee}}}\n");

const owner = ["value-maximization", "backlog-refinement", "feedback-analysis", "delivery-process", "pm-collaboration", "team-liaison"];
const manager = ["customer-research", "vision-and-strategy", "roadmap", "feature-prioritization", "customer-focus", "stakeholder-alignment"];
const some = (duties, share) => duties.filter(() => chance(share)).map((duty) => `      - ${duty}: What this comes to here, in a line of its own\n`).join("");

/** An organisation with so many teams for each product. */
const organisation = (folder, teams, each) => {
  write(folder, ".rolelint.yaml", "today: 2026-06-15\n");
  for (let product = 0; product * each < teams; product += 1) {
    const holder = `    holder: Manager ${product % 90}\n`;
    const duties = chance(0.7) ? `    duties:\n      - roadmap\n${some(manager, 0.85)}` : "";
    write(folder, `product-${product}.roles.yaml`, `product: product-${product}\nname: Product ${product}\nroles:\n  product-manager:\n${holder}${duties}`);
  }
  for (let team = 0; team < teams; team += 1) {
    const head = `team: team-${team}\nname: Team ${team}\nproduct: product-${Math.floor(team / each)}\nroles:\n  product-owner:\n`;
    const seat = chance(0.06)
      ? "    vacant: {since: 2026-01-10}\n"
      : `    holder: {person: Owner ${team % 330}${chance(0.1) ? ", status: interim, until: 2026-07-31" : ""}}\n    duties:\n      - backlog-refinement\n${some(owner, 0.9)}`;
    write(folder, `team-${team}.roles.yaml`, `${head}${seat}  scrum-master: Master ${team % 200}\n`);
  }
};
organisation("many", 500, 4);
organisation("wide", 24, 24);

const nasty = "</script><b>x</b><img src=x onerror=alert(1)>\\\"'`{{1}}<!--";
const long = "Unterstützungsverantwortungsgemeinschaftskoordination".repeat(3);
write("nasty", "a.roles.yaml", `product: p
name: "${nasty}"
roles:
  product-manager: {title: "${nasty}", holder: "${nasty}", duties: ["${nasty}", roadmap: "${nasty}"]}
---
team: "${nasty}"
name: ${long}
product: p
roles:
  product-owner: {person: "${nasty}", status: interim}
  "${nasty}": ${long}
`);
