import Testing

@testable import Postgres

/// Lengths of records, measured on PostgreSQL 15.18.
@Suite struct RecordSizeTests {
    @Test("A commit record is 34 bytes, 38 with remote_apply, 46 with one subtransaction")
    func commits() {
        #expect(RecordSize.commit == 34)
        #expect(RecordSize.commit(isRemoteApply: true) == 38)
        #expect(RecordSize.commit(subtransactions: 1) == 46)
    }

    @Test("A heap insert carries the tuple without its header behind five bytes of its own")
    func heapInserts() {
        // An int and a char(84): 28 bytes of header and padding, 4 + 1 + 84 of data.
        #expect(RecordSize.heapInsert(tupleLength: 113) == 144)
        // An int and a null: 24 bytes of header with its null bitmap, 4 of data.
        #expect(RecordSize.heapInsert(tupleLength: 28) == 59)
    }

    @Test("Updates, locks and deletes of one tuple have the measured lengths")
    func heapChanges() {
        #expect(RecordSize.heapLock == 54)
        #expect(RecordSize.heapDelete == 54)
        #expect(RecordSize.heapUpdate(tupleData: 103, toOtherPage: true) == 171)
    }

    @Test("A prune record has 8 bytes of main data, 4 a redirected item and 2 a dead one")
    func prunes() {
        #expect(RecordSize.heapPrune(redirected: 1, dead: 0) == 58)
        #expect(RecordSize.heapPrune(redirected: 0, dead: 1) == 56)
    }

    @Test("Index records have the measured lengths")
    func indexInserts() {
        #expect(RecordSize.btreeInsertLeaf(tupleLength: 16) == 64)
        #expect(RecordSize.btreeInsertUpper(tupleLength: 16) == 72)
        #expect(RecordSize.btreeSplit(highKey: 16, rightItems: 42 * 16) == 752)
    }

    @Test("Records without blocks are header and main data")
    func mainDataOnly() {
        #expect(RecordSize.total(mainData: 0) == 24)
        #expect(RecordSize.runningTransactions(0) == 50)
        #expect(RecordSize.runningTransactions(1) == 54)
        #expect(RecordSize.total(mainData: 88) == 114)
        #expect(RecordSize.total(mainData: 4) == 30)
    }

    @Test("Main data of more than 255 bytes has a longer header of its own")
    func longMainData() {
        #expect(RecordSize.total(mainData: 255) == 24 + 2 + 255)
        #expect(RecordSize.total(mainData: 256) == 24 + 5 + 256)
    }

    @Test("A page image replaces the block's data and brings a header of its own")
    func images() {
        #expect(RecordSize.withImage(mainData: 3, image: 8000) == 54 + 8000)
        #expect(RecordSize.withImage(mainData: 14, image: 8000) == 65 + 8000)
        #expect(RecordSize.withImage(mainData: 2, image: 7400) == 53 + 7400)
        #expect(RecordSize.withImage(mainData: 8, image: 8000) == 59 + 8000)
        #expect(RecordSize.withImage(mainData: 3, image: 790, isCompressedWithHole: true) == 54 + 2 + 790)
    }

    @Test("An upper index insert with an image of its page has the measured length")
    func upperInsertWithImage() {
        let childReference = RecordSize.sameRelationReference
        #expect(RecordSize.withImage(mainData: 2, image: 172) + childReference == 233)
    }

    @Test("A record takes its length rounded up to eight bytes of WAL")
    func alignment() {
        #expect([24, 30, 34, 38, 144].map { WALFormat.aligned($0) } == [24, 32, 40, 40, 144])
    }
}
