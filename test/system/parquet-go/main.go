// Reads live files with parquet-go: a path on each line of input, answered by a line "ROWS SUM" of the column "sequence", "gone" where
// there is no such file (any more), or "error …".
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/parquet-go/parquet-go"
)

type tick struct {
	Sequence int64 `parquet:"sequence"`
}

func read(path string) (rows int64, sum int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, 0, err
	}
	defer file.Close()
	status, err := file.Stat()
	if err != nil {
		return 0, 0, err
	}
	opened, err := parquet.OpenFile(file, status.Size())
	if err != nil {
		return 0, 0, err
	}
	reader := parquet.NewGenericReader[tick](opened)
	defer reader.Close()
	buffer := make([]tick, 4096)
	for {
		count, err := reader.Read(buffer)
		for _, row := range buffer[:count] {
			sum += row.Sequence
		}
		rows += int64(count)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, 0, err
		}
	}
	if rows != opened.NumRows() {
		return 0, 0, fmt.Errorf("%d rows, and the footer says %d", rows, opened.NumRows())
	}
	return rows, sum, nil
}

func answer(path string) (line string) {
	defer func() {
		if fault := recover(); fault != nil {
			line = fmt.Sprintf("error %v", fault)
		}
	}()
	rows, sum, err := read(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "gone"
	case err != nil:
		return fmt.Sprintf("error %v", err)
	}
	return fmt.Sprintf("%d %d", rows, sum)
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() {
		fmt.Println(answer(input.Text()))
	}
}
