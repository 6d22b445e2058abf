package kernel

import "slices"

// A convolution is a product of matrices, the right one of patches: a row for every
// channel and entry of the kernel, a column for every result (Chellapilla, Puri and
// Simard, High Performance Convolutional Neural Networks for Document Processing,
// 2006). It need not be made: where planes are laid out with their padding, every
// row of it is a stretch of one of them, and a list says where it begins. Between
// the results of one line and of the next lie some that are computed and left out.
//
// With strides, every phase of the elements of x has a plane of its own: forward,
// those are laid out; back to x, each is a product of its own.

// A lattice is a convolution that is done so, in numbers of type T.
type lattice[T float32 | float64] struct {
	convolving
	engine     *engine[T]
	high, wide int // of a plane with its padding
	top, left  int // where the image begins in it; negative where some is cut off
	deep       int // lines of the kernel side by side, for toWeight
	products   []phase
	lists      []int // of the products, one after the other
	weights    []T   // of the products, packed
	strips     int   // that the results of an image are divided in
}

// A phase is a product of k entries for every result, and where the list of its
// rows and its weights begin. Results are elements of x from down and right on, a
// stride apart, or of y.
type phase struct {
	m, k          int
	list, weights int
	down, right   int
	rows, columns int
}

func runLattice[T float32 | float64](e *engine[T], c *convolving, worth bool) {
	l, ok := e.lattices.Get().(*lattice[T])
	if !ok {
		l = new(lattice[T])
	}
	l.convolving, l.engine = *c, e
	l.products, l.lists, l.weights = l.products[:0], l.lists[:0], l.weights[:0]
	switch l.direction {
	case forward:
		l.prepareForward()
	case toInput:
		l.prepareInput()
	case toWeight:
		l.prepareWeight()
	}
	l.strips = 1
	if l.Images*l.Groups < parts() {
		l.strips = parts()
	}
	run(l, worth)
	l.convolving = convolving{}
	e.lattices.Put(l)
}

// Split returns the strips of all images; or of the weights, which all images add to,
// the channels of y.
func (l *lattice[T]) Split(parts int) (n, unit int) {
	if l.direction != toWeight {
		return l.Images * l.Groups * l.strips, 1
	}
	n, unit = l.Groups*l.Out, l.engine.rows
	for unit > 1 && unit*parts > n {
		unit /= 2
	}
	return n, unit
}

func (l *lattice[T]) Do(from, to int) {
	b := l.engine.buffers.get()
	defer l.engine.buffers.put(b)
	if l.direction == toWeight {
		for g := from / l.Out; g*l.Out < to; g++ {
			l.groupWeights(b, g, max(0, from-g*l.Out), min(l.Out, to-g*l.Out))
		}
		return
	}
	source := l.source(b)
	for i := from; i < to; i++ {
		image, strip := i/l.strips, i%l.strips
		if i == from || strip == 0 {
			l.layOut(source, image)
		}
		for k := range l.products {
			low, high := span(l.products[k].rows, 1, strip, l.strips)
			l.multiply(b, &l.products[k], source, image, low, high)
		}
	}
}

// mostLanes is twice the lanes of the widest engine.
const mostLanes = 32

// sparse reports whether planes would be mostly zeros: because of phases of which no
// element is used, or because of padding.
func (c *convolving) sparse() bool {
	extent := func(w *Window) float64 { // of all phases of a plane
		d0, d1 := w.shifts()
		switch lines := float64(w.Results) + float64(d1-d0); c.direction {
		case forward:
			return float64(w.Stride) * lines
		case toInput:
			return float64(w.every(0)) + float64(d1-d0)
		default:
			return float64(w.Stride)*float64(w.Results) + float64(w.Reach())
		}
	}
	channels, down := c.In, extent(&c.Down)
	switch {
	case c.direction == toInput:
		channels = c.Out
	case c.direction == toWeight && c.In*c.Right.Kernel < mostLanes: // its lines side by side
		down = max(down, float64(c.Down.Kernel)*float64(c.Down.Results))
	}
	planes := float64(channels) * down * extent(&c.Right)
	return planes > 1<<14 && planes > 8*float64(len(c.x)+len(c.y)+len(c.w))
}

// source returns the storage of the planes: zeros, and room for a register beyond.
func (l *lattice[T]) source(b *buffer[T]) []T {
	planes := l.In
	switch l.direction {
	case forward:
		planes *= l.Down.Stride * l.Right.Stride
	case toInput:
		planes = l.Out
	case toWeight:
		planes *= l.deep
	}
	s := b.right(planes*l.high*l.wide + l.engine.cols)
	clear(s)
	return s
}

func (l *lattice[T]) prepareForward() {
	d0, d1 := l.Down.shifts()
	r0, r1 := l.Right.shifts()
	l.top, l.left = -d0, -r0
	l.high, l.wide = l.Down.Results+d1-d0, l.Right.Results+r1-r0
	k := l.In * l.taps()
	p := phase{m: l.Out, k: k, rows: l.Down.Results, columns: l.Right.Results}
	for channel := range l.In {
		for kd := range l.Down.Kernel {
			pd, d := l.Down.tap(kd)
			for kr := range l.Right.Kernel {
				pr, r := l.Right.tap(kr)
				l.lists = append(l.lists, (l.plane(channel, pd, pr)*l.high+l.top+d)*l.wide+l.left+r)
			}
		}
	}
	l.products = append(l.products, p)
	l.pack(&p, func(g int, dst []T) { l.engine.panels(dst, RowMajor(l.w[g*p.m*k:], k), p.m, k, k) })
}

// plane is the number of a plane of x.
func (c *Conv) plane(channel, down, right int) int {
	return (channel*c.Down.Stride+down)*c.Right.Stride + right
}

func (l *lattice[T]) prepareInput() {
	d0, d1 := l.Down.shifts()
	r0, r1 := l.Right.shifts()
	l.top, l.left = d1, r1
	l.high, l.wide = l.Down.every(0)+d1-d0, l.Right.every(0)+r1-r0
	for down := range min(l.Down.Stride, l.Down.Image) {
		for right := range min(l.Right.Stride, l.Right.Image) {
			p := phase{m: l.In, list: len(l.lists), weights: len(l.weights), down: down, right: right, rows: l.Down.every(down), columns: l.Right.every(right)}
			l.tapsOf(&p, func(_, d, r int) {
				for channel := range l.Out {
					l.lists = append(l.lists, (channel*l.high+l.top-d)*l.wide+l.left-r)
				}
			})
			if p.k = len(l.lists) - p.list; p.k == 0 || p.rows == 0 || p.columns == 0 {
				continue
			}
			l.products = append(l.products, p)
			taps := l.taps()
			l.pack(&p, func(g int, dst []T) {
				l.tapsOf(&p, func(tap, _, _ int) {
					l.engine.panels(dst, Matrix{l.w[g*l.Out*l.In*taps+tap:], taps, l.In * taps}, l.In, l.Out, p.k)
					dst = dst[l.Out*l.engine.rows:]
				})
			})
		}
	}
}

// tapsOf calls f for the entries of the kernel that meet a phase of x, with their
// shifts.
func (c *Conv) tapsOf(p *phase, f func(tap, d, r int)) {
	for kd := range c.Down.Kernel {
		for kr := range c.Right.Kernel {
			pd, d := c.Down.tap(kd)
			if pr, r := c.Right.tap(kr); pd == p.down && pr == p.right {
				f(kd*c.Right.Kernel+kr, d, r)
			}
		}
	}
}

// pack appends the weights of a product, group by group.
func (l *lattice[T]) pack(p *phase, group func(g int, dst []T)) {
	size := CeilDiv(p.m, l.engine.rows) * l.engine.rows * p.k
	l.weights = slices.Grow(l.weights, l.Groups*size)[:len(l.weights)+l.Groups*size]
	for g := range l.Groups {
		group(g, l.weights[p.weights+g*size:])
	}
}

// layOut lays the planes of a group of an image out.
func (l *lattice[T]) layOut(source []T, image int) {
	if l.direction == toInput {
		for o := range l.Out {
			y := l.y[(image*l.Out+o)*l.area():]
			l.place(source[o*l.high*l.wide:], Matrix{y, 1, l.Right.Results}, l.Down.Results, l.Right.Results)
		}
		return
	}
	for channel := range l.In {
		x := Matrix{l.x[(image*l.In+channel)*l.pixels():], l.Right.Stride, l.Down.Stride * l.Right.Image}
		for down := range min(l.Down.Stride, l.Down.Image) {
			for right := range min(l.Right.Stride, l.Right.Image) {
				part := Matrix{x.Data[down*l.Right.Image+right:], x.Row, x.Col}
				l.place(source[l.plane(channel, down, right)*l.high*l.wide:], part, l.Down.every(down), l.Right.every(right))
			}
		}
	}
}

// place copies what there is of rows × columns of an image to a plane; its entry in
// column j of row i is (j, i) of the matrix.
func (l *lattice[T]) place(plane []T, image Matrix, rows, columns int) {
	i, j := max(0, -l.top), max(0, -l.left)
	rows, columns = min(rows, l.high-l.top)-i, min(columns, l.wide-l.left)-j
	if rows > 0 && columns > 0 {
		l.engine.pack.panel(plane[(l.top+i)*l.wide+l.left+j:], l.wide, image.from(j, i), columns, rows)
	}
}

// block is how many sums are computed at a time: they stay in the second cache.
const block = 1 << 13

// multiply computes rows from to to of the results of a product for a group of an
// image.
func (l *lattice[T]) multiply(b *buffer[T], p *phase, source []T, image, from, to int) {
	size := CeilDiv(p.m, l.engine.rows) * l.engine.rows * p.k
	weights := l.weights[p.weights+image%l.Groups*size:][:size]
	step := max(1, block/(p.m*l.wide))
	if l.direction == toInput && 5*l.Down.Results <= 4*p.rows { // few entries reach a row
		step = max(1, l.engine.cols/l.wide)
	}
	for from < to {
		first, k := l.reaching(p, from/step*step, step)
		end := min(to, (from/step+1)*step)
		rows := end - from
		n := (rows-1)*l.wide + p.columns
		sums := b.sums(p.m * n)
		if k > 0 {
			l.engine.listedProduct(b, p.m, n, k, sums, n, weights[first*l.engine.rows:], p.k, source[from*l.wide:], l.lists[p.list+first:][:k], false)
			for c := range p.m {
				for i := range rows {
					l.put(p, image, c, from+i, sums[c*n+i*l.wide:][:p.columns])
				}
			}
		}
		from = end
	}
}

// reaching returns the first of the entries of a product that reach n rows of
// results, and how many there are: back to x, none come from beyond the image.
func (l *lattice[T]) reaching(p *phase, row, n int) (first, k int) {
	if l.direction == forward {
		return 0, p.k
	}
	lines, low, high := 0, 0, 0
	for kd := range l.Down.Kernel {
		phase, d := l.Down.tap(kd)
		if phase != p.down {
			continue
		}
		lines++
		if d <= row-l.Down.Results {
			low = lines
		}
		if d < row+n {
			high = lines
		}
	}
	each := p.k / lines
	return low * each, max(0, high-low) * each
}

// put writes or adds a row of results.
func (l *lattice[T]) put(p *phase, image, channel, row int, sums []float64) {
	n := len(sums)
	if l.direction == forward {
		y := l.y[((image*l.Out+channel)*l.Down.Results+row)*l.Right.Results:][:n]
		switch {
		case l.add:
			use.add(n, &y[0], &y[0], &sums[0])
		case l.bias == nil:
			copy(y, sums)
		}
		if l.bias != nil {
			from := sums
			if l.add {
				from = y
			}
			use.shift(n, &y[0], &from[0], l.bias[image%l.Groups*l.Out+channel])
		}
		return
	}
	line := row*l.Down.Stride + p.down
	x := l.x[((image*l.In+channel)*l.Down.Image+line)*l.Right.Image+p.right:]
	if l.Right.Stride == 1 {
		use.add(n, &x[0], &x[0], &sums[0])
		return
	}
	for i, v := range sums {
		x[i*l.Right.Stride] += v
	}
}
