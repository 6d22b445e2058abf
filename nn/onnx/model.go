package onnx

import (
	"encoding/binary"
	"fmt"
	"math"
)

// The versions that a model states: of the format, and of the standard operators.
const (
	irVersion = 8
	opset     = 18
)

// Precision is the type of the numbers of a model.
type Precision int

const (
	// Float32 is what engines have all operators for.
	Float32 Precision = 1

	// Float64 is the precision of this module. Onnxruntime has no convolutions, average pooling and
	// recurrent layers in it on ordinary processors.
	Float64 Precision = 11
)

// Other types of tensors.
const int64s = 7

// An attribute is a constant argument of a node: an int, float32, string, []int or []string.
type attribute struct {
	name  string
	value any
}

// message returns an AttributeProto.
func (a attribute) message() message {
	var m message
	kind := int64(0)
	m.text(1, a.name)
	switch v := a.value.(type) {
	case float32:
		m.float(2, v)
		kind = 1
	case int:
		m.int(3, int64(v))
		kind = 2
	case string:
		m.text(4, v)
		kind = 3
	case []int:
		for _, i := range v {
			m.int(8, int64(i))
		}
		kind = 7
	case []string:
		for _, s := range v {
			m.text(9, s)
		}
		kind = 8
	}
	m.int(20, kind)
	return m
}

// nodeMessage returns a NodeProto.
func nodeMessage(op, name string, inputs, outputs []string, attributes []attribute) message {
	var m message
	for _, s := range inputs {
		m.text(1, s)
	}
	for _, s := range outputs {
		m.text(2, s)
	}
	m.text(3, name)
	m.text(4, op)
	for _, a := range attributes {
		m.bytes(5, a.message())
	}
	return m
}

// tensorMessage returns a TensorProto of numbers of a precision.
func tensorMessage(name string, p Precision, values []float64, shape []int) message {
	raw := make([]byte, 0, len(values)*8)
	for _, v := range values {
		if p == Float32 {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(float32(v)))
		} else {
			raw = binary.LittleEndian.AppendUint64(raw, math.Float64bits(v))
		}
	}
	return rawMessage(name, int64(p), raw, shape)
}

// indexMessage returns a TensorProto of integers along one axis.
func indexMessage(name string, values []int) message {
	var raw []byte
	for _, v := range values {
		raw = binary.LittleEndian.AppendUint64(raw, uint64(v))
	}
	return rawMessage(name, int64s, raw, []int{len(values)})
}

func rawMessage(name string, kind int64, raw []byte, shape []int) message {
	var m message
	for _, d := range shape {
		m.int(1, int64(d))
	}
	m.int(2, kind)
	m.text(8, name)
	m.bytes(9, raw)
	return m
}

// valueMessage returns a ValueInfoProto of an input or output: a batch of samples of the shape.
func valueMessage(name string, p Precision, sample []int) message {
	var shape, kind, dim message
	dim.text(2, "batch")
	shape.bytes(1, dim)
	for _, d := range sample {
		var dim message
		dim.int(1, int64(d))
		shape.bytes(1, dim)
	}
	kind.int(1, int64(p))
	kind.bytes(2, shape)
	var t, m message
	t.bytes(1, kind)
	m.text(1, name)
	m.bytes(2, t)
	return m
}

// model returns the ModelProto of a graph.
func (g *graph) model() (message, error) {
	if g.lost != nil {
		return nil, g.lost
	}
	size := 1 << 10
	for _, list := range [][]message{g.nodes, g.tensors} {
		for _, m := range list {
			size += len(m) + 16
		}
	}
	if uint64(size) > math.MaxInt32 {
		return nil, fmt.Errorf("a model of %d bytes, more than the 2 GiB that the format allows", size)
	}
	graph := make(message, 0, size)
	for _, n := range g.nodes {
		graph.bytes(1, n)
	}
	graph.text(2, "ad")
	for _, t := range g.tensors {
		graph.bytes(5, t)
	}
	for _, v := range g.inputs {
		graph.bytes(11, v)
	}
	for _, v := range g.outputs {
		graph.bytes(12, v)
	}
	var set, m message
	set.text(1, "")
	set.int(2, opset)
	m.int(1, irVersion)
	m.text(2, "ad")
	m.bytes(7, graph)
	m.bytes(8, set)
	return m, nil
}
