package fuzz

import "slices"

// Decode reads a program and a point to run it at. Every data is a program: bytes
// that are missing are 0, and what goes beyond the bounds of size and run time is
// left out. A program executes at most some forty operations.
//
// The first byte is the number of inputs, then follow the coordinates of the
// point as Decoder.Float reads them, then the statements: a byte for the
// operation, and one for every operand, which counts backwards from the latest
// result.
func Decode(data []byte) (p Program, x []float64) {
	d := NewDecoder(data)
	p.inputs = 1 + int(d.Byte())%maxInputs
	x = d.Vector(p.inputs)
	p.body = d.block(p.inputs, maxCost, maxCost, maxDepth)
	return p, x
}

// block reads at most n statements that cost no more than budget.
func (d *Decoder) block(slots, n, budget, depth int) []statement {
	var body []statement
	for len(d.data) > 0 && len(body) < n {
		s := d.statement(slots, budget, depth)
		if budget -= s.cost(); budget < 0 {
			break
		}
		body = append(body, s)
		slots++
	}
	return body
}

func (d *Decoder) statement(slots, budget, depth int) statement {
	s := statement{op: byByte[d.Byte()]}
	op := operations[s.op]
	n, list := op.operands()
	if list {
		n *= 1 + int(d.Byte())%maxList
	}
	for range n {
		s.args = append(s.args, slots-1-int(d.Byte())%slots)
	}
	switch op.kind {
	case constant:
		s.c = d.Float()
	case applyWith:
		s.c = parameterUnit * float64(1+d.Byte()%64)
	case loop:
		s.rounds = 1 + int(d.Byte())%maxRounds
		length := int(d.Byte()) % (maxCost / 4)
		if depth == 0 {
			length = 0
		}
		s.body = d.block(slots+1, length, budget/s.rounds-1, depth-1)
	}
	return s
}

// parameterUnit is the least parameter of a function, from which they go up to 4.
const parameterUnit = 1.0 / 16

// Encode returns data that Decode reads as the program p and the point x.
func Encode(p Program, x []float64) []byte {
	data := []byte{byte(p.inputs - 1)}
	for _, v := range x {
		data = AppendFloat(data, v)
	}
	return appendBlock(data, p.body, p.inputs)
}

func appendBlock(data []byte, body []statement, slots int) []byte {
	for _, s := range body {
		data = s.append(data, slots)
		slots++
	}
	return data
}

func (s statement) append(data []byte, slots int) []byte {
	data = append(data, firstByte[s.op])
	op := operations[s.op]
	if n, list := op.operands(); list {
		data = append(data, byte(len(s.args)/n-1))
	}
	for _, a := range s.args {
		data = append(data, byte(slots-1-a))
	}
	switch op.kind {
	case constant:
		data = AppendFloat(data, s.c)
	case applyWith:
		data = append(data, byte(s.c/parameterUnit)-1)
	case loop:
		data = append(data, byte(s.rounds-1), byte(len(s.body)))
		data = appendBlock(data, s.body, slots+1)
	}
	return data
}

// equal reports whether two programs are the same, constants by their bits.
func (p Program) equal(q Program) bool {
	return p.inputs == q.inputs && slices.EqualFunc(p.body, q.body, statement.equal)
}

func (s statement) equal(t statement) bool {
	return s.op == t.op && slices.Equal(s.args, t.args) && sameBits(s.c, t.c) &&
		s.rounds == t.rounds && slices.EqualFunc(s.body, t.body, statement.equal)
}
