package onnx

import (
	"encoding/binary"
	"math"
	"testing"
)

// This file reads models, independently of what writes them: by the schema onnx.proto3 alone.

// fields returns the fields of a message by number, in their order: numbers as uint64, all else as
// bytes.
func fields(t testing.TB, b []byte) map[int][]any {
	t.Helper()
	m := map[int][]any{}
	for len(b) > 0 {
		key, n := binary.Uvarint(b)
		if n <= 0 {
			t.Fatalf("bad key in % x", b)
		}
		b = b[n:]
		field := int(key >> 3)
		switch key & 7 {
		case 0:
			v, n := binary.Uvarint(b)
			if n <= 0 {
				t.Fatalf("bad number in % x", b)
			}
			m[field], b = append(m[field], v), b[n:]
		case 2:
			size, n := binary.Uvarint(b)
			if n <= 0 || size > uint64(len(b)-n) {
				t.Fatalf("bad length in % x", b)
			}
			m[field], b = append(m[field], b[n:n+int(size)]), b[n+int(size):]
		case 5:
			m[field], b = append(m[field], b[:4]), b[4:]
		default:
			t.Fatalf("wire type %d", key&7)
		}
	}
	return m
}

// A tensor is an array of any type: its numbers as float64.
type tensor struct {
	shape []int
	v     []float64
}

type readNode struct {
	op, name        string
	inputs, outputs []string
	ints            map[string][]int
	floats          map[string]float64
	texts           map[string]string
}

type readModel struct {
	opset, version  int
	nodes           []readNode
	tensors         map[string]*tensor
	inputs, outputs []string
	shapes          map[string][]int // of inputs and outputs, without the batch
	types           map[string]int
}

func textsOf(list []any) []string {
	var s []string
	for _, x := range list {
		s = append(s, string(x.([]byte)))
	}
	return s
}

func intsOf(list []any) []int {
	var s []int
	for _, x := range list {
		s = append(s, int(int64(x.(uint64))))
	}
	return s
}

// read decodes a ModelProto.
func read(t testing.TB, b []byte) *readModel {
	t.Helper()
	model := fields(t, b)
	m := &readModel{tensors: map[string]*tensor{}, shapes: map[string][]int{}, types: map[string]int{}}
	m.version = intsOf(model[1])[0]
	set := fields(t, model[8][0].([]byte))
	if s := textsOf(set[1]); len(s) != 1 || s[0] != "" {
		t.Fatalf("domain %q", s)
	}
	m.opset = intsOf(set[2])[0]
	graph := fields(t, model[7][0].([]byte))
	for _, n := range graph[1] {
		m.nodes = append(m.nodes, readOneNode(t, n.([]byte)))
	}
	for _, x := range graph[5] {
		name, value := readTensor(t, x.([]byte))
		if m.tensors[name] != nil {
			t.Fatalf("two tensors %q", name)
		}
		m.tensors[name] = value
	}
	value := func(list []any) (names []string) {
		for _, x := range list {
			f := fields(t, x.([]byte))
			name := textsOf(f[1])[0]
			names = append(names, name)
			kind := fields(t, fields(t, f[2][0].([]byte))[1][0].([]byte))
			m.types[name] = intsOf(kind[1])[0]
			for i, d := range fields(t, kind[2][0].([]byte))[1] {
				dim := fields(t, d.([]byte))
				if i == 0 {
					if s := textsOf(dim[2]); len(s) != 1 || s[0] != "batch" {
						t.Fatalf("first axis %q", s)
					}
					continue
				}
				m.shapes[name] = append(m.shapes[name], intsOf(dim[1])[0])
			}
		}
		return names
	}
	m.inputs, m.outputs = value(graph[11]), value(graph[12])
	return m
}

func readOneNode(t testing.TB, b []byte) readNode {
	f := fields(t, b)
	n := readNode{
		op: textsOf(f[4])[0], name: textsOf(f[3])[0], inputs: textsOf(f[1]), outputs: textsOf(f[2]),
		ints: map[string][]int{}, floats: map[string]float64{}, texts: map[string]string{},
	}
	for _, a := range f[5] {
		f := fields(t, a.([]byte))
		name := textsOf(f[1])[0]
		switch kind := intsOf(f[20])[0]; kind {
		case 1:
			n.floats[name] = float64(math.Float32frombits(binary.LittleEndian.Uint32(f[2][0].([]byte))))
		case 2:
			n.ints[name] = intsOf(f[3])
		case 3:
			n.texts[name] = textsOf(f[4])[0]
		case 7:
			n.ints[name] = intsOf(f[8])
		default:
			t.Fatalf("attribute %s of type %d", name, kind)
		}
	}
	return n
}

func readTensor(t testing.TB, b []byte) (string, *tensor) {
	f := fields(t, b)
	x := &tensor{shape: intsOf(f[1])}
	raw := f[9][0].([]byte)
	switch kind := intsOf(f[2])[0]; kind {
	case 1:
		for ; len(raw) > 0; raw = raw[4:] {
			x.v = append(x.v, float64(math.Float32frombits(binary.LittleEndian.Uint32(raw))))
		}
	case 7:
		for ; len(raw) > 0; raw = raw[8:] {
			x.v = append(x.v, float64(int64(binary.LittleEndian.Uint64(raw))))
		}
	case 11:
		for ; len(raw) > 0; raw = raw[8:] {
			x.v = append(x.v, math.Float64frombits(binary.LittleEndian.Uint64(raw)))
		}
	default:
		t.Fatalf("tensor of type %d", kind)
	}
	if size(x.shape) != len(x.v) {
		t.Fatalf("tensor of shape %v with %d numbers", x.shape, len(x.v))
	}
	return textsOf(f[8])[0], x
}

func size(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
