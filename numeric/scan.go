package numeric

import "math"

const (
	// A derivative that is known to less than a part of doubt is looked for at steps that
	// are far smaller than those it was found with: so many of them, each scanRatio times
	// the one before.
	doubt     = 1.0 / 64
	scans     = 8
	scanRatio = 1.0 / 16
)

// doubtful reports whether a result may hide a singularity that lies between the
// point and the steps that it was found with. Where f is smooth few are so bad, but for
// derivatives of 0, whose errors are about the noise of a quotient.
func (r Result) doubtful(noise float64) bool {
	return finite(r.Err) && r.Status != Kinked && r.Err > doubt*math.Abs(r.Value) && r.Err > noise/doubt
}

// scan samples steps that are far smaller than s, the smallest first, and widens the
// estimates of doubtful results that they contradict. What noise adds to a
// quotient goes with 1/h: that of a step tells whether what a larger one says may be noise.
func (p *probe) scan(st stencil, pl *plan, s steps, rows []row, results []Result) {
	var all [scans]steps
	n := 0
	for range scans {
		if s = s.scaled(scanRatio); s.below(pl.grain) {
			break
		}
		all[n] = pl.fit(p.x, s)
		n++
	}
	p.desk.floors = resized(p.desk.floors, len(rows))
	floors := p.desk.floors
	clear(floors)
	for i := n - 1; i >= 0; i-- {
		if st.sample(rows, all[i]); p.stopped {
			return
		}
		for k, r := range rows {
			far := math.Abs(r.d - results[k].Value)
			stepped := !finite(r.change) && math.Abs(results[k].Value)*r.h > 32*ulp*math.Abs(p.y[k])
			switch {
			case stepped || !finite(far):
				floors[k] = math.Inf(1)
			case results[k].doubtful(0) && i < n-2 && far > results[k].Err+8*(r.noise+floors[k]*r.gain):
				results[k].Err = beyond * far
				results[k].Status = SlowlyConvergent
			}
			floors[k] = max(floors[k], far/r.gain)
		}
	}
}
