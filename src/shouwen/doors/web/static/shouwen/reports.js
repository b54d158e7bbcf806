/* Charts of the sheet. Their numbers stand in the tables beside them; without this file nothing is lost. */
(() => {
  "use strict";
  const colour = (name) => {
    const probe = document.createElement("i");
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  // Chinese characters are twice as wide as letters: both are cut at the same width.
  const wide = (letter) => (letter > "\u2e7f" ? 2 : 1);
  const short = (name) => {
    let width = 0;
    const end = [...name].findIndex((letter) => (width += wide(letter)) > 28);
    return end < 0 ? name : `${[...name].slice(0, end).join("")}…`;
  };
  const palette = () => ({ bar: colour("indigo-fill"), late: colour("cinnabar-fill"), line: colour("amber"), ink: colour("ink-2"), rule: colour("line"), card: colour("card") });

  const common = (c) => ({
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: c.ink, fontSize: 13 },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" }, backgroundColor: c.card, borderColor: c.rule, textStyle: { color: c.ink } },
  });

  const bars = (data, c) => ({
    ...common(c),
    grid: { left: 4, right: 36, top: 4, bottom: 4, containLabel: true },
    xAxis: { type: "value", minInterval: 1, axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: { type: "category", inverse: true, data: data.names, axisTick: { show: false }, axisLine: { lineStyle: { color: c.rule } }, axisLabel: { color: c.ink, formatter: short } },
    series: [{ type: "bar", data: data.values, barMaxWidth: 18, itemStyle: { color: c.bar, borderRadius: [0, 3, 3, 0] }, label: { show: true, position: "right", color: c.ink } }],
  });

  const months = (data, c) => ({
    ...common(c),
    legend: { data: data.words, textStyle: { color: c.ink }, top: 0 },
    grid: { left: 4, right: 4, top: 36, bottom: 4, containLabel: true },
    xAxis: { type: "category", data: data.names, axisTick: { show: false }, axisLine: { lineStyle: { color: c.rule } }, axisLabel: { color: c.ink } },
    yAxis: [
      { type: "value", minInterval: 1, axisLabel: { color: c.ink }, splitLine: { lineStyle: { color: c.rule } } },
      { type: "value", axisLabel: { color: c.ink }, splitLine: { show: false } },
    ],
    series: [
      { name: data.words[0], type: "bar", data: data.values, barMaxWidth: 22, itemStyle: { color: c.bar, borderRadius: [3, 3, 0, 0] } },
      { name: data.words[1], type: "bar", data: data.late, barMaxWidth: 22, itemStyle: { color: c.late, borderRadius: [3, 3, 0, 0] } },
      { name: data.words[2], type: "line", yAxisIndex: 1, data: data.losses, symbolSize: 6, lineStyle: { color: c.line }, itemStyle: { color: c.line } },
    ],
  });

  const lines = (data, c) => ({
    ...common(c),
    legend: { data: data.lines.map((line) => line.name), textStyle: { color: c.ink }, top: 0, type: "scroll" },
    grid: { left: 4, right: 12, top: 36, bottom: 4, containLabel: true },
    xAxis: { type: "category", data: data.names, axisTick: { show: false }, axisLine: { lineStyle: { color: c.rule } }, axisLabel: { color: c.ink } },
    yAxis: { type: "value", min: 1, max: 5, axisLabel: { color: c.ink }, splitLine: { lineStyle: { color: c.rule } } },
    series: data.lines.map((line) => ({ name: line.name, type: "line", data: line.values, symbolSize: 7, connectNulls: true })),
  });
  const kinds = { bars, months, lines };

  const draw = () => {
    const c = palette();
    document.querySelectorAll("[data-chart]").forEach((place) => {
      const numbers = document.getElementById(place.dataset.chart);
      if (!numbers || !window.echarts) return;
      const data = JSON.parse(numbers.textContent);
      place.append(document.createElement("div"));
      const inner = place.lastElementChild;
      inner.style.height = "100%";
      const chart = window.echarts.init(inner, null, { renderer: "svg" });
      chart.setOption((kinds[data.kind] || bars)(data, c));
      chart.on("click", (event) => { const url = data.urls[event.dataIndex]; if (url) window.location.assign(url); });
      new ResizeObserver(() => chart.resize()).observe(place);
    });
  };
  document.addEventListener("DOMContentLoaded", draw);
})();
