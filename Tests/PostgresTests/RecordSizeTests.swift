import Testing

@testable import Postgres

/// Lengths of records, measured on PostgreSQL 15.18.
@Suite struct RecordSizeTests {
    /// The length of a record as the server assembles it.
    private func assembled(
        _ type: RecordType, mainData: Int, _ buffers: RegisteredBuffer..., fullPageWrites: Bool = false,
        compression: ImageCompression = .heap
    ) throws -> Int {
        var settings = Settings()
        settings.fullPageWrites = fullPageWrites
        settings.walCompression = compression == .heap ? .off : .pglz
        let table = TableSpec(name: "t", rows: 1_000, tupleLength: 121, compression: compression)
        let script = Script(
            sessions: ["a", "walwriter"], of: ServerProcesses(backends: 1), release: .v15, settings: settings,
            tables: [table])
        script.deviceIsInstant = true
        try script.play {
            script.begin("a", "insert") {
                $0.XLogInsert(
                    RegisteredRecord(
                        type: type, mainData: mainData, first: buffers[0], second: buffers.dropFirst().first))
            }
        }
        return try #require(script.inserted.last).length
    }

    private func page(_ block: Int, reference: Int = RecordSize.blockReference, data: Int = 0, image: Int = 0)
        -> RegisteredBuffer
    {
        RegisteredBuffer(page: PageID(relation: 0, block: block), reference: reference, data: data, image: image)
    }

    private func sibling(data: Int = 0) -> RegisteredBuffer {
        page(1, reference: RecordSize.sameRelationReference, data: data)
    }

    @Test("A commit record is 34 bytes, 38 with remote_apply, and 46 with the name of its database")
    func commits() {
        #expect(RecordSize.commit() == 34 && RecordSize.abort == 34)
        #expect(RecordSize.commit(asksForReply: true) == 38)
        #expect(RecordSize.commit(namesDatabase: true) == 46)
    }

    @Test(
        "A heap insert carries the tuple without its header behind five bytes of its own",
        arguments: [
            // An int and a char(84): 28 bytes of header and padding, 4 + 1 + 84 of data.
            (113, 144),
            // An int and a null: 24 bytes of header with its null bitmap, 4 of data.
            (28, 59),
        ])
    func heapInserts(tupleLength: Int, length: Int) throws {
        let data = RecordSize.loggedTuple(tupleLength)
        #expect(try assembled(.heapInsert, mainData: RecordSize.heapInsertMainData, page(0, data: data)) == length)
    }

    @Test("Updates and locks of one tuple have the measured lengths")
    func heapChanges() throws {
        #expect(RecordSize.heapLock == 54)
        #expect(try assembled(.heapLock, mainData: RecordSize.heapLockMainData, page(0)) == 54)
        let update = RecordSize.heapUpdateMainData
        #expect(try assembled(.heapUpdate, mainData: update, page(0, data: 103), sibling()) == 171)
    }

    @Test("A prune record has 8 bytes of main data, 4 a redirected item and 2 a dead one")
    func prunes() throws {
        let traits = ReleaseTraits(.v15)
        for (result, length) in [(PruneResult(redirected: 1), 58), (PruneResult(dead: 1), 56)] {
            let size = traits.pruneRecord(result)
            #expect(try assembled(.heapPrune, mainData: size.mainData, page(0, data: size.data)) == length)
        }
    }

    @Test("Index records have the measured lengths")
    func indexInserts() throws {
        let insert = RecordSize.btreeInsertMainData
        #expect(try assembled(.btreeInsertLeaf, mainData: insert, page(0, data: 16)) == 64)
        #expect(try assembled(.btreeInsertUpper, mainData: insert, page(0, data: 16), sibling()) == 72)
        let split = ReleaseTraits(.v15).btreeSplitMainData
        #expect(try assembled(.btreeSplitRight, mainData: split, page(0, data: 16), sibling(data: 42 * 16)) == 752)
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

    @Test(
        "A page image replaces the block's data and brings a header of its own",
        arguments: [(3, 8000, 54), (14, 8000, 65), (2, 7400, 53), (8, 8000, 59)])
    func images(mainData: Int, image: Int, rest: Int) throws {
        let length = try assembled(
            .heapInsert, mainData: mainData, page(0, data: 100, image: image), fullPageWrites: true)
        #expect(length == rest + image)
    }

    @Test("A compressed image has the length of its hole as well")
    func compressedImage() throws {
        let length = try assembled(
            .heapInsert, mainData: 3, page(0, data: 100, image: 7900), fullPageWrites: true,
            compression: ImageCompression(pglz: .init(0.1), lz4: .init(0.1), zstd: .init(0.1)))
        #expect(length == 54 + 2 + 790)
    }

    @Test("An upper index insert with an image of its page has the measured length")
    func upperInsertWithImage() throws {
        let length = try assembled(
            .btreeInsertUpper, mainData: 2, page(0, data: 16, image: 172), sibling(), fullPageWrites: true)
        #expect(length == 233)
    }

    @Test("A record takes its length rounded up to eight bytes of WAL")
    func alignment() {
        #expect([24, 30, 34, 38, 144].map { WALFormat.aligned($0) } == [24, 32, 40, 40, 144])
    }
}
