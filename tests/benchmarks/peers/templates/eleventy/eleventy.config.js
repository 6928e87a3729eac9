// What the templates list is gathered once; Markdown is not first read as a template.
module.exports = function (config) {
  config.addPassthroughCopy("src/**/*.{pdf,jpg,png}");
  config.addPassthroughCopy("src/style.css");
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addCollection("lists", function (api) {
    const records = api.getAll().filter((page) => page.data.evidence).sort((one, other) => other.date - one.date);
    const lists = { newest: records.slice(0, 20) };
    for (const record of records) {
      for (const name of [record.data.area, ...record.data.items]) { (lists[name] ||= []).push(record); }
    }
    return [lists];
  });
  return { dir: { input: "src" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
};
