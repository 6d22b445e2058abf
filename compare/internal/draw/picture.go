package draw

import (
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
)

// pictureStyle is what a graph needs that stands alone.
const pictureStyle = `<style>
svg{--paper:#fff;--card:#fff;--ink:#1b1b20;--muted:#5b5b64;--rule:#d8d5cb;--fwd:#0b569e;--fwd-bg:#e7f0fa;--rev:#a03808;--rev-bg:#fcede2}
@media (prefers-color-scheme:dark){svg{--paper:#0d1117;--card:#1b1e25;--ink:#ece9e2;--muted:#a9a8b2;--rule:#3b3e48;--fwd:#8cc1ff;--fwd-bg:#15283e;--rev:#ffb088;--rev-bg:#3a2215}}
text{font:12px system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif;fill:var(--ink)}
.m{font-family:"STIX Two Text","Latin Modern Roman","Noto Serif",Georgia,serif}
.fill{fill:var(--card)}.box{fill:none;stroke:var(--ink);stroke-width:1.2}.vbg{fill:none}.tbg{fill:var(--fwd-bg)}.abg{fill:var(--rev-bg)}
.sep{stroke:var(--rule);fill:none}.edge{fill:none;stroke:var(--muted);stroke-width:1.4;marker-end:url(#hwide)}.ah{fill:var(--muted)}
.el rect{fill:var(--paper)}.el text{font-size:13.5px}.lb{font-size:11.5px;fill:var(--muted)}.lt{fill:var(--fwd)}.la{fill:var(--rev)}
.lb,.num{text-anchor:middle}.num{font-size:15.5px;font-weight:600}.nt{fill:var(--fwd)}.na{fill:var(--rev)}.s{display:none}.s1{display:inline}
</style>`

// Picture returns the graph as a picture that stands alone: with the tangents of the first
// input.
func Picture(t *trace.Trace) string {
	plain := wide
	plain.digits = false
	svg := strings.Replace(graph(t, plain, []int{0}), "<svg ", `<svg xmlns="http://www.w3.org/2000/svg" `, 1)
	at := strings.Index(svg, "</title>") + len("</title>")
	return svg[:at] + pictureStyle + svg[at:] + "\n"
}
