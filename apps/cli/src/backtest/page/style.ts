/** Colours of both schemes by name, and the little layout that a page of tables and plots needs. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2430; --quiet: #5d6b7c; --line: #d5dbe3; --one: #1f5fae;
  --two: #b4541a; --alarm: #b3261e; --pass: #1d6b3a; --tint: 31, 95, 174; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181e; --ink: #e4e9f0; --quiet: #9aa8b8; --line: #36404d;
  --one: #74aef5; --two: #f0a46c; --alarm: #ff8a80; --pass: #7fd39b; --tint: 116, 174, 245; } }
body { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; margin: 0 auto;
  max-width: 76rem; padding: 1.5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
p { max-width: 48rem; } .note { color: var(--quiet); font-size: .9rem; }
.verdict { border-left: .3rem solid var(--quiet); padding: .25rem .75rem; font-weight: 600; }
.verdict.pass { border-color: var(--pass); } .verdict.fail { border-color: var(--alarm); }
.plots { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
figure { margin: 0; } figcaption { color: var(--quiet); font-size: .9rem; } svg { width: 100%; height: auto; }
svg text { fill: var(--ink); font-size: 12px; } svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
svg .label { fill: var(--quiet); } svg .grid, svg .axis { fill: none; stroke: var(--line); }
svg .line { fill: none; stroke-width: 2; } svg .line.quiet { stroke: var(--quiet); stroke-dasharray: 5 4; stroke-width: 1; }
svg .line.alarm { stroke: var(--alarm); stroke-dasharray: 5 4; stroke-width: 1; } svg .line.one { stroke: var(--one); }
svg .line.two { stroke: var(--two); } svg rect.one, svg circle.one { fill: var(--one); }
svg rect.two, svg circle.two { fill: var(--two); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; margin: .5rem 0; }
caption { text-align: left; color: var(--quiet); } th, td { padding: .2rem .8rem .2rem 0; text-align: left;
  border-bottom: 1px solid var(--line); vertical-align: top; } td.figure { text-align: right; font-variant-numeric: tabular-nums; }
tbody th { font-weight: 500; } table.heat td { text-align: right; padding: .2rem .6rem; font-variant-numeric: tabular-nums; }
@media print { body { max-width: none; } section { break-inside: avoid; } }
`;
