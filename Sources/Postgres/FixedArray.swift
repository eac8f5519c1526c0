/// A list of plain values whose length never changes, in raw memory.
///
/// An `Array` in shared memory costs two reference counts, a uniqueness check and a load of its length at each access,
/// and these are read at every step of a transaction. The owner calls `deallocate`.
public struct FixedArray<Element>: RandomAccessCollection {
    private let base: UnsafeMutablePointer<Element>
    /// The length.
    public let count: Int

    package init(_ elements: some Collection<Element>) {
        count = elements.count
        base = .allocate(capacity: Swift.max(count, 1))
        for (index, element) in elements.enumerated() { (base + index).initialize(to: element) }
    }

    package func deallocate() {
        base.deinitialize(count: count)
        base.deallocate()
    }

    /// The first position.
    public var startIndex: Int { 0 }
    /// The position behind the last.
    public var endIndex: Int { count }

    /// The element at a position that lies in the list: an index that may not is the caller's mistake.
    @inline(__always)
    public subscript(index: Int) -> Element {
        assert(index >= 0 && index < count, "an index outside of the list")
        return base[index]
    }
}
