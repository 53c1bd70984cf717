// What axe-core finds in each page that is named: {file: {violations, incomplete}}, as JSON.
// Nothing is painted in jsdom, so contrast and what needs a layout are not looked at.
const fs = require("fs");
const { JSDOM, VirtualConsole } = require("jsdom");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const said = (rules) => rules.map((rule) => [rule.id, rule.nodes.map((node) => node.html.slice(0, 120))]);

(async () => {
  const found = {};
  for (const file of process.argv.slice(2)) {
    const { window } = new JSDOM(fs.readFileSync(file, "utf8"), {
      runScripts: "outside-only",
      virtualConsole: new VirtualConsole(),
    });
    window.eval(axe);
    const { violations, incomplete, passes } = await window.axe.run(window.document, {
      rules: { "td-has-header": { enabled: true }, "color-contrast": { enabled: false } },
    });
    found[file] = { violations: said(violations), incomplete: said(incomplete), passes: said(passes) };
  }
  console.log(JSON.stringify(found));
})();
