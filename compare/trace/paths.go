package trace

import "slices"

// Paths are the ways from an input to the result. The derivative is the sum of their
// products.
type Paths struct {
	Input int    `json:"input"`
	Count Float  `json:"count"` // how many there are
	List  []Path `json:"list"`  // at most MostPaths of them
	Sum   Float  `json:"sum"`   // the tape's adjoint of the input
}

// A Path is a way from an input to the result.
type Path struct {
	Lines   []int   `json:"lines"`  // the input first
	Slopes  []Float `json:"slopes"` // between them: the tape's
	Product Float   `json:"product"`
}

// MostPaths is how many paths from an input are listed.
const MostPaths = 24

// paths lists the paths from every input. They go along what the backward sweep has
// followed: a branch that is not taken is on none.
func (t *Trace) paths() {
	into := make([][]Contribution, len(t.Lines)) // by the line that they come from
	for _, c := range t.Contributions {
		into[c.From] = append(into[c.From], c)
	}
	for i := range t.Inputs {
		p := Paths{Input: i, Sum: t.Lines[i].Adjoint}
		count := make([]Float, len(t.Lines)) // of paths from the input to a line
		count[i] = 1
		for k := len(t.Inputs); k < len(t.Lines); k++ {
			for _, c := range into[k] {
				count[k] += count[c.To]
			}
		}
		if t.Result >= 0 {
			p.Count = count[t.Result]
			t.follow(&p, into, count, []int{t.Result}, nil, 1)
		}
		t.Paths = append(t.Paths, p)
	}
}

// follow goes on with a path, which it knows from its end.
func (t *Trace) follow(p *Paths, into [][]Contribution, count []Float, lines []int, slopes []Float, product Float) {
	last := lines[len(lines)-1]
	if last == p.Input {
		path := Path{slices.Clone(lines), slices.Clone(slopes), product}
		slices.Reverse(path.Lines)
		slices.Reverse(path.Slopes)
		p.List = append(p.List, path)
		return
	}
	for _, c := range into[last] {
		if count[c.To] > 0 && len(p.List) < MostPaths {
			t.follow(p, into, count, append(lines, c.To), append(slopes, c.Slope), product*c.Slope)
		}
	}
}
