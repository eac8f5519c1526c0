/// A list of plain values, most of which are never looked at: memory is taken in pieces at the first change, and a
/// value that was never changed is `initial`.
///
/// A table of a hundred million rows costs what a run touches of it. Growing never moves an element. On real threads
/// the first change of a piece must not race with another one: its owner sees to that. The owner calls `deallocate`.
struct LazyArray<Element: BitwiseCopyable> {
    private typealias Piece = UnsafeMutablePointer<Element>
    private static var pieceLength: Int { 4096 }

    private let directory: UnsafeMutablePointer<Piece?>
    private let directoryLength: Int
    private let initial: Element

    /// - Parameter limit: a count that no index reaches; 8 bytes for each 4,096 are taken at once.
    init(initial: Element, limit: Int) {
        self.initial = initial
        directoryLength = limit / Self.pieceLength + 1
        directory = .allocate(capacity: directoryLength)
        directory.initialize(repeating: nil, count: directoryLength)
    }

    func deallocate() {
        for index in 0..<directoryLength { directory[index]?.deallocate() }
        directory.deallocate()
    }

    /// The value at an index.
    @inline(__always)
    func load(_ index: Int) -> Element {
        guard let piece = directory[index / Self.pieceLength] else { return initial }
        return piece[index % Self.pieceLength]
    }

    /// Where the value at an index is kept, for changing it.
    @inline(__always)
    func pointer(_ index: Int) -> UnsafeMutablePointer<Element> {
        assert(index / Self.pieceLength < directoryLength, "an index beyond the limit of the list")
        let piece = directory[index / Self.pieceLength] ?? makePiece(index / Self.pieceLength)
        return piece + index % Self.pieceLength
    }

    @inline(never)
    private func makePiece(_ number: Int) -> Piece {
        let piece = Piece.allocate(capacity: Self.pieceLength)
        piece.initialize(repeating: initial, count: Self.pieceLength)
        directory[number] = piece
        return piece
    }

    /// Calls `body` for each index whose value may differ from `initial`, in order.
    func forEachKept(_ body: (Int, UnsafeMutablePointer<Element>) -> Void) {
        for number in 0..<directoryLength {
            guard let piece = directory[number] else { continue }
            for index in 0..<Self.pieceLength { body(number * Self.pieceLength + index, piece + index) }
        }
    }
}
