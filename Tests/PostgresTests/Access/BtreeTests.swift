import Testing

@testable import Postgres

@Suite("Index leaves")
struct BtreeTests {
    private func index(rows: Int = 5_000_000) -> BtreeIndex {
        BtreeIndex(IndexSpec(name: "pkey"), rows: rows, relation: 1)
    }

    @Test("A primary key has 366 entries a leaf, images of 7,380 bytes, and the measured number of pages")
    func layout() {
        let layout = index().layout
        #expect(layout.builtEntries == 366 && layout.maxEntries == 406)
        #expect(layout.imageLength(entries: 367) == 7_400)
        #expect(layout.leaves == 13_662)
        #expect((13_700...13_720).contains(layout.pages))
    }

    @Test("A split halves a leaf and sends each key to its half")
    func split() {
        let index = index()
        index.leaf(2).pointee.entries = 406
        let split = index.split(2, for: 2 * 366 + 10, newBlock: 20_000, takesFirstFit: false)
        #expect(split.newIsLeft && split.sibling == 3 && split.rightEntries == 203)
        #expect(index.leaf(2).pointee.entries == 204 && index.leaf(20_000).pointee.entries == 203)
        #expect(index.leafBlock(2 * 366 + 10, newestLast: true) == 2)
        #expect(index.leafBlock(3 * 366 - 1, newestLast: true) == 20_000)
        #expect(index.leafBlock(3 * 366, newestLast: true) == 3)
        index.deallocate()
    }

    @Test("However many of its entries are dead, a split leaves neither half with more dead ones than entries")
    func deadEntries() {
        let index = index(rows: 366)
        for block in 50..<70 {
            let leaf = index.leaf(0)
            leaf.pointee.entries = 406
            while leaf.pointee.deadOld + leaf.pointee.deadNew < 406 { leaf.pointee.noteDead(7) }
            let before = leaf.pointee.deadOld + leaf.pointee.deadNew
            let key = block < 60 ? 0 : 1_000 + block
            _ = index.split(
                index.leafBlock(key, newestLast: true) == 0 ? 0 : block - 1, for: key, newBlock: block,
                takesFirstFit: false)
            let halves = [leaf.pointee, index.leaf(block).pointee]
            #expect(halves.allSatisfy { $0.deadOld + $0.deadNew <= $0.entries })
            if block < 60 { #expect(halves.reduce(0) { $0 + $1.deadOld } == before && before == 406) }
        }
        index.deallocate()
    }

    @Test("Up to release 11 the right half gets more: 216 of 407 entries, as in published records of 3,542 bytes")
    func firstFit() {
        let index = index()
        index.leaf(2).pointee.entries = 406
        let split = index.split(2, for: 3 * 366 - 1, newBlock: 20_000, takesFirstFit: true)
        #expect(!split.newIsLeft && split.rightEntries == 216)
        #expect(index.leaf(2).pointee.entries == 191)
        index.deallocate()
    }

    @Test("Ascending keys leave full leaves behind")
    func append() {
        let index = index(rows: 366)
        index.leaf(0).pointee.entries = 406
        let split = index.split(0, for: 406, newBlock: 50, takesFirstFit: false)
        #expect(!split.newIsLeft && split.sibling == nil)
        #expect(index.leaf(0).pointee.entries == 366 && index.leaf(50).pointee.entries == 41)
        #expect(index.leafBlock(407, newestLast: true) == 50)
        index.deallocate()
    }
}
