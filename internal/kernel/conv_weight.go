package kernel

// Back to the weights, an image is laid out with its channels side by side: the
// products of one result are then with a stretch of it, a row of the kernel wide.

// prepareWeight makes the list of where the stretches of all results begin.
func (l *lattice[T]) prepareWeight() {
	extent := func(w *Window) int { return max(0, w.Results-1)*w.Stride + w.Reach() }
	l.top, l.left = l.Down.Pad, l.Right.Pad
	l.high, l.wide = extent(&l.Down), extent(&l.Right)
	for i := range l.Down.Results {
		for j := range l.Right.Results {
			l.lists = append(l.lists, (i*l.Down.Stride*l.wide+j*l.Right.Stride)*l.In)
		}
	}
}

// groupWeights adds to the weights of channels from to to of a group of y.
func (l *lattice[T]) groupWeights(b *buffer[T], g, from, to int) {
	m, k, taps := to-from, l.area(), l.taps()
	e, n := l.engine, l.In*taps
	source, sums := l.source(b), b.sums(m*n)
	clear(sums)
	cotangents := b.left(CeilDiv(m, e.rows) * e.rows * k)
	for i := g; i < l.Images*l.Groups; i += l.Groups {
		l.interleave(source, l.x[i*l.In*l.pixels():])
		e.panels(cotangents, RowMajor(l.y[(i*l.Out+from)*k:], k), m, k, k)
		l.stretches(func(tap, taps, at int) {
			e.listedProduct(b, m, taps*l.In, k, sums[tap*l.In:], n, cotangents, source[at:], l.lists, true)
		})
	}
	for o := range m {
		w := l.w[(g*l.Out+from+o)*n:][:n]
		for i := range w {
			w[i] += sums[o*n+i%taps*l.In+i/taps]
		}
	}
}

// stretches calls f for every stretch of entries of the kernel that are neighbours
// where x is laid out, and where it begins there.
func (l *lattice[T]) stretches(f func(tap, taps, at int)) {
	kernel, apart := l.Right.Kernel, 1
	if l.Right.Dilation > 1 {
		kernel, apart = 1, l.Right.Kernel
	}
	for kd := range l.Down.Kernel {
		for kr := range apart {
			f(kd*l.Right.Kernel+kr, kernel, (kd*l.Down.Dilation*l.wide+kr*l.Right.Dilation)*l.In)
		}
	}
}

// interleave lays a group of an image out.
func (l *lattice[T]) interleave(source []T, x []float64) {
	if l.In == 1 {
		l.place(source, Matrix{x, 1, l.Right.Image}, l.Down.Image, l.Right.Image)
		return
	}
	columns := min(l.Right.Image, l.wide-l.left)
	if columns <= 0 {
		return
	}
	for line := range min(l.Down.Image, l.high-l.top) {
		at := ((line+l.top)*l.wide + l.left) * l.In
		l.engine.pack.panel(source[at:], l.In, Matrix{x[line*l.Right.Image:], l.pixels(), 1}, l.In, columns)
	}
}
