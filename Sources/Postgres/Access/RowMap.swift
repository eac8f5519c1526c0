/// Where rows are that have left the page on which they were loaded: row number to block number, open addressing in raw
/// memory, 8 bytes an entry. It grows with the rows that moved, not with the table.
struct RowMap {
    private var entries: UnsafeMutablePointer<UInt64>
    private var bits: UInt64
    private(set) var count = 0

    private static var vacant: UInt64 { .max }
    private var capacity: Int { 1 << bits }

    init() {
        bits = 6
        entries = Self.allocate(bits)
    }

    private static func allocate(_ bits: UInt64) -> UnsafeMutablePointer<UInt64> {
        let entries = UnsafeMutablePointer<UInt64>.allocate(capacity: 1 << bits)
        entries.initialize(repeating: vacant, count: 1 << bits)
        return entries
    }

    func deallocate() { entries.deallocate() }

    /// The block of a row; nil if it never moved.
    @inline(__always)
    subscript(row: Int) -> Int? {
        if count == 0 { return nil }
        let entry = entries[place(of: UInt64(row))]
        return entry == Self.vacant ? nil : Int(entry & 0xFFFF_FFFF)
    }

    /// The row is on `block` now.
    mutating func set(_ row: Int, block: Int) {
        if count * 5 > capacity * 3 { grow() }
        let place = place(of: UInt64(row))
        if entries[place] == Self.vacant { count += 1 }
        entries[place] = UInt64(row) << 32 | UInt64(block)
    }

    /// Where the row's entry is, or would go (Fibonacci hashing, linear probing).
    private func place(of row: UInt64) -> Int {
        var place = Int((row &* 0x9E37_79B9_7F4A_7C15) >> (64 - bits))
        while entries[place] != Self.vacant && entries[place] >> 32 != row { place = (place + 1) & (capacity - 1) }
        return place
    }

    private mutating func grow() {
        let old = entries
        let oldCapacity = capacity
        bits += 1
        entries = Self.allocate(bits)
        for index in 0..<oldCapacity where old[index] != Self.vacant {
            entries[place(of: old[index] >> 32)] = old[index]
        }
        old.deallocate()
    }
}
