import WaitEvents

/// What all processes of one PostgreSQL server share: locks, WAL state, the array of processes.
public final class Server<M: Machine> {
    /// The release that the server is.
    public let release: PostgresRelease
    let traits: ReleaseTraits
    let variants: Variants
    /// The settings in force. Changed only between wake-ups, as a reload would.
    public var settings: Settings
    /// The transactions that clients may ask for.
    public let transactions: [Transaction]
    let program: Program
    /// Names of the types of WAL record that this server writes; an observation's `type` is an index into it.
    public let recordTypes: [String]
    let procGlobal: ProcGlobal<M>
    /// The state of its WAL.
    public let xlog: XLogCtl<M>
    let clog: CLOG<M>
    let procArray: ProcArray<M>
    let segments: SegmentPool<M>
    let checkpoints: CheckpointerShmem<M>
    let pages: SharedPages<M>
    /// Its tables and indexes, and their pages.
    let relations: Relations
    let buffers: BufferPool<M>
    /// The number of each type of record that PostgreSQL's own code writes.
    private let typeNumbers: FixedArray<Int>
    let lockManager: LockManager<M>
    /// Its walsenders, and the backends that wait for standbys.
    let walSndCtl: WalSndCtl<M>
    /// What a standby's processes share.
    let walRcv: WalRcv<M>
    /// `synchronous_standby_names` as parsed; nil: nobody is waited for.
    private(set) var syncRepConfig: SyncRepConfig?
    /// The commits that standbys still have to replay, which primary and standbys share; nil if there is no standby.
    public var replayedCommits: ReplayedCommits?
    /// Which of its primary's standbys this server is.
    public var standbyNumber = 0
    /// Every lightweight lock, by its id.
    public let locks: [LWLock<M>]
    /// Its processes by number.
    public let processes: ServerProcesses
    /// The walwriter's process number, whose latch asynchronous commits set.
    public let walWriter: ProcNumber
    private let lockBlocks: [UnsafeMutablePointer<LWLock<M>.Body>]

    /// Makes a server's shared memory.
    /// - Parameters:
    ///   - tables: the tables whose pages are modelled.
    ///   - processes: the processes that it will have.
    ///   - variants: what it does in another way than its release.
    ///   - recycledSegments: how many segments wait for their use at the start; nil: as many as steady work leaves.
    public init(
        release: PostgresRelease, settings: Settings, transactions: [TransactionSpec], tables: [TableSpec] = [],
        processes: ServerProcesses, variants: Variants = Variants(), recycledSegments: Int? = nil,
        memory: M.Memory
    ) {
        self.release = release
        self.settings = settings
        traits = ReleaseTraits(release)
        self.variants = variants
        self.processes = processes
        walWriter = processes.walWriter
        let workload = Workload(transactions, tables, release)
        self.transactions = workload.transactions
        program = Program(workload)
        recordTypes = workload.recordTypes
        typeNumbers = FixedArray(workload.typeNumbers)
        procGlobal = ProcGlobal(count: processes.count, memory: memory)

        let clogBanks = traits.clogIsBanked ? CLOG<M>.banks(sharedBuffers: settings.sharedBuffers) : 1
        let locksRows = !workload.rowChoices.isEmpty || !tables.isEmpty
        var factory = LWLockFactory<M>(memory: memory)
        xlog = XLogCtl(settings: settings, insertionLocks: variants.insertionLocks, factory: &factory, memory: memory)
        procArray = ProcArray(factory: &factory, memory: memory)
        clog = CLOG(banks: clogBanks, factory: &factory, memory: memory)
        pages = SharedPages(workload, factory: &factory, memory: memory)
        relations = Relations(tables, processes: processes.count)
        buffers = BufferPool(tables, factory: &factory, memory: memory)
        lockManager = LockManager(
            isUsed: locksRows, processes: processes.count, factory: &factory, memory: memory)
        segments = SegmentPool(settings, recycled: recycledSegments, factory: &factory, memory: memory)
        checkpoints = CheckpointerShmem(start: xlog.start, memory: memory)
        walSndCtl = WalSndCtl(processes: processes, factory: &factory, memory: memory)
        walRcv = WalRcv(start: xlog.start, memory: memory)
        locks = factory.locks
        lockBlocks = factory.blocks
        syncRepConfig = configuredStandbys
        walSndCtl.syncStandbysDefined.store(syncRepConfig == nil ? 0 : 1)
    }

    /// Parses `synchronous_standby_names` anew.
    func lookUpStandbys() { syncRepConfig = configuredStandbys }

    deinit {
        for lock in locks { lock.deinitialize() }
        for block in lockBlocks { block.deallocate() }
        program.deallocate()
        xlog.deallocate()
        walSndCtl.deallocate()
        clog.locks.deallocate()
        pages.contentLocks.deallocate()
        pages.counters.deallocate()
        relations.deallocate()
        buffers.deallocate()
        typeNumbers.deallocate()
        lockManager.deallocate()
    }

    /// The number by which observations know a type of record.
    func typeNumber(_ type: RecordType) -> Int { typeNumbers[type.rawValue] }
}

/// Makes a server's lightweight locks and numbers them.
struct LWLockFactory<M: Machine> {
    /// Locks are made so many at a time, as handles to them must stay valid.
    private static var blockSize: Int { 64 }

    private let memory: M.Memory
    /// The memory of the locks, block by block; whoever keeps the locks deallocates it.
    private(set) var blocks: [UnsafeMutablePointer<LWLock<M>.Body>] = []
    private(set) var locks: [LWLock<M>] = []

    init(memory: M.Memory) { self.memory = memory }

    mutating func makeLock(_ event: WaitEvent) -> LWLock<M> {
        let place = locks.count % Self.blockSize
        if place == 0 { blocks.append(.allocate(capacity: Self.blockSize)) }
        let body = blocks.last! + place
        body.initialize(
            to: .init(state: memory.makeWord(LWLockState.releaseOK), event: event, id: locks.count))
        let lock = LWLock<M>(body)
        locks.append(lock)
        return lock
    }
}
