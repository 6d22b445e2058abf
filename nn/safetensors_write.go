package nn

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"unicode/utf8"

	"github.com/quartet-ad/ad/internal/outside"
)

// WriteSafetensors writes tensors, as F64 and in their order, and metadata, which may be nil, in
// the safetensors format. The tensors are named by the sequence, as State does; the Names of the
// Params are not used.
//
// It returns the errors of w. It returns an error before it writes anything if a name occurs twice,
// is not UTF-8 or is "__metadata__", if the number of values does not fit the shape, or if the
// header is longer than ReadSafetensors accepts.
//
// Cost: one pass over the values.
//
// The format is that of https://github.com/huggingface/safetensors.
func WriteSafetensors(w io.Writer, tensors iter.Seq2[string, *Param], metadata map[string]string) error {
	if err := writeSafetensors(w, tensors, metadata); err != nil {
		return fmt.Errorf("nn: WriteSafetensors: %w", err)
	}
	return nil
}

func writeSafetensors(w io.Writer, tensors iter.Seq2[string, *Param], metadata map[string]string) error {
	header, err := makeHeader(tensors, metadata)
	if err != nil {
		return err
	}
	chunk := binary.LittleEndian.AppendUint64(make([]byte, 0, 1<<16), uint64(len(header)))
	if _, err := w.Write(append(chunk, header...)); err != nil {
		return err
	}
	for _, p := range tensors {
		for rest := p.Value; len(rest) > 0; {
			n := min(len(rest), cap(chunk)/8)
			chunk = chunk[:0]
			for _, x := range rest[:n] {
				chunk = binary.LittleEndian.AppendUint64(chunk, math.Float64bits(x))
			}
			if _, err := w.Write(chunk); err != nil {
				return err
			}
			rest = rest[n:]
		}
	}
	return nil
}

// makeHeader returns the header, padded so that the data are aligned.
func makeHeader(tensors iter.Seq2[string, *Param], metadata map[string]string) ([]byte, error) {
	header := []byte{'{'}
	member := func(key string, value any) error {
		if !utf8.ValidString(key) {
			return fmt.Errorf("name %s is not UTF-8", outside.Quote(key))
		}
		if len(header) > 1 {
			header = append(header, ',')
		}
		name, err := json.Marshal(key)
		if err != nil {
			return err
		}
		text, err := json.Marshal(value)
		header = append(append(append(header, name...), ':'), text...)
		return err
	}
	if metadata != nil {
		for key, value := range metadata {
			if !utf8.ValidString(key) || !utf8.ValidString(value) {
				return nil, fmt.Errorf("metadata %s: %s is not UTF-8", outside.Quote(key), outside.Quote(value))
			}
		}
		if err := member(metadataName, metadata); err != nil {
			return nil, err
		}
	}
	at, seen := 0, map[string]bool{metadataName: true}
	for name, p := range tensors {
		if seen[name] {
			return nil, fmt.Errorf("a second tensor %s", outside.Quote(name))
		}
		seen[name] = true
		if n, ok := elements(p.Shape); !ok || n != len(p.Value) {
			return nil, fmt.Errorf("tensor %s has %d values and shape %v", outside.Quote(name), len(p.Value), p.Shape)
		}
		end := at + 8*len(p.Value)
		if err := member(name, struct {
			Type    string `json:"dtype"`
			Shape   []int  `json:"shape"`
			Offsets [2]int `json:"data_offsets"`
		}{"F64", append([]int{}, p.Shape...), [2]int{at, end}}); err != nil {
			return nil, err
		}
		at = end
	}
	header = append(header, '}')
	for len(header)%8 != 0 {
		header = append(header, ' ')
	}
	if len(header) > maxHeader {
		return nil, errors.New("too many tensors: the header is too long")
	}
	return header, nil
}
