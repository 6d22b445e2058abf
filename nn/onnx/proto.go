package onnx

import (
	"encoding/binary"
	"math"
)

// A message is one of Protocol Buffers, in its wire format: fields one after the other, each a
// key, which is the field's number and a type, and what that type says. Source: Google, Protocol
// Buffers: Encoding.
type message []byte

const (
	typeVarint = 0 // seven bits a byte, the lowest first
	typeBytes  = 2 // a length and so many bytes
	typeFixed4 = 5 // four bytes
)

func (m *message) key(field, kind int) {
	*m = binary.AppendUvarint(*m, uint64(field)<<3|uint64(kind))
}

// int appends a number.
func (m *message) int(field int, v int64) {
	m.key(field, typeVarint)
	*m = binary.AppendUvarint(*m, uint64(v))
}

// float appends a float32.
func (m *message) float(field int, v float32) {
	m.key(field, typeFixed4)
	*m = binary.LittleEndian.AppendUint32(*m, math.Float32bits(v))
}

// bytes appends a message or other bytes.
func (m *message) bytes(field int, b []byte) {
	m.key(field, typeBytes)
	*m = append(binary.AppendUvarint(*m, uint64(len(b))), b...)
}

// text appends a string.
func (m *message) text(field int, s string) { m.bytes(field, []byte(s)) }
