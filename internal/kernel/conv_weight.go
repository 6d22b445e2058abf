package kernel

// Back to the weights, an image is laid out with its channels side by side: the
// products of one result are then with a stretch of it, a line of the kernel wide.
// Where that is narrow, all lines of the kernel lie side by side too.

// prepareWeight makes the list of where the stretches of all results begin.
func (l *lattice[T]) prepareWeight() {
	extent := func(w *Window) int { return max(0, w.Results-1)*w.Stride + w.Reach() }
	l.top, l.left = l.Down.Pad, l.Right.Pad
	l.high, l.wide, l.deep = extent(&l.Down), extent(&l.Right), 1
	next := l.Down.Stride
	if l.Down.Kernel > 1 && l.In*l.Right.Kernel < 2*l.engine.lanes {
		l.high, l.deep, next = l.Down.Results, l.Down.Kernel, 1
	}
	for i := range l.Down.Results {
		for j := range l.Right.Results {
			l.lists = append(l.lists, (i*next*l.wide+j*l.Right.Stride)*l.deep*l.In)
		}
	}
}

// groupWeights adds to the weights of channels from to to of a group of y.
func (l *lattice[T]) groupWeights(b *buffer[T], g, from, to int) {
	m, k, n := to-from, l.area(), l.In*l.taps()
	e := l.engine
	source, sums := l.source(b), b.sums(m*n)
	clear(sums)
	cotangents := b.left(CeilDiv(m, e.rows) * e.rows * k)
	for i := g; i < l.Images*l.Groups; i += l.Groups {
		l.interleave(source, l.x[i*l.In*l.pixels():])
		e.panels(cotangents, RowMajor(l.y[(i*l.Out+from)*k:], k), m, k, k)
		l.stretches(func(first, width, at int) {
			e.listedProduct(b, m, width, k, sums[first:], n, cotangents, k, source[at:], l.lists, true)
		})
	}
	for o := range m {
		l.addWeights(l.w[(g*l.Out+from+o)*n:][:n], sums[o*n:][:n])
	}
}

// stretches calls f for every stretch of entries that are neighbors where x is laid
// out: its first column among all, its width, and where it begins in the source.
func (l *lattice[T]) stretches(f func(first, width, at int)) {
	cell := l.deep * l.In
	taps, apart := l.Right.Kernel, 1
	if l.Right.Dilation > 1 {
		taps, apart = 1, l.Right.Kernel
	}
	for kd := range l.Down.Kernel / l.deep {
		for kr := range apart {
			f((kd*l.Right.Kernel+kr)*cell, taps*cell, (kd*l.Down.Dilation*l.wide+kr*l.Right.Dilation)*cell)
		}
	}
}

// addWeights adds the sums for a channel of y, in the order of the source, to its
// weights.
func (l *lattice[T]) addWeights(w, sums []float64) {
	taps := l.taps()
	for kd := range l.Down.Kernel {
		for kr := range l.Right.Kernel {
			tap, at := kd*l.Right.Kernel+kr, kd*l.Right.Kernel+kr
			if l.deep > 1 {
				at = kr*l.Down.Kernel + kd
			}
			for channel := range l.In {
				w[channel*taps+tap] += sums[at*l.In+channel]
			}
		}
	}
}

// interleave lays a group of an image out.
func (l *lattice[T]) interleave(source []T, x []float64) {
	if l.In == 1 && l.deep == 1 {
		l.place(source, Matrix{x, 1, l.Right.Image}, l.Down.Image, l.Right.Image)
		return
	}
	cell, columns := l.deep*l.In, min(l.Right.Image, l.wide-l.left)
	if columns <= 0 {
		return
	}
	if l.deep == 1 {
		for line := range min(l.Down.Image, l.high-l.top) {
			at := (line+l.top)*l.wide + l.left
			l.engine.pack.panel(source[at*cell:], cell, Matrix{x[line*l.Right.Image:], l.pixels(), 1}, l.In, columns)
		}
		return
	}
	apart := l.Down.Dilation
	for i := range l.high {
		first := i*l.Down.Stride - l.top
		low, high := max(0, CeilDiv(-first, apart)), min(l.deep, CeilDiv(l.Down.Image-first, apart))
		if low >= high {
			continue
		}
		at, lines := source[(i*l.wide+l.left)*cell+low*l.In:], x[(first+low*apart)*l.Right.Image:]
		if l.In == 1 { // the lines are those of a panel
			l.engine.pack.panel(at, cell, Matrix{lines, apart * l.Right.Image, 1}, high-low, columns)
			continue
		}
		for k := range high - low {
			l.engine.pack.panel(at[k*l.In:], cell, Matrix{lines[k*apart*l.Right.Image:], l.pixels(), 1}, l.In, columns)
		}
	}
}
