import WaitEvents

/// The types of WAL record that PostgreSQL's own code writes here, besides those that a scenario spells out
/// (src/include/access/rmgrlist.h and src/backend/access/rmgrdesc/).
public enum RecordType: Int, CaseIterable, Sendable {
    case commit = 0
    case abort
    // Heap.
    case heapInsert, heapInsertInit, heapUpdate, heapUpdateInit, heapHotUpdate, heapLock, heapPrune
    // Indexes.
    case btreeInsertLeaf, btreeInsertUpper, btreeSplitLeft, btreeSplitRight, btreeDelete
    // Everything else.
    case clogZeroPage, runningXacts, fpiForHint, checkpointOnline, checkpointShutdown, checkpointRedo, xlogSwitch

    /// How many types there are: the size of a table indexed by raw value.
    @inlinable public static var count: Int { allCases.count }

    /// Resource manager and record as a release's pg_waldump (9.6: pg_xlogdump) names them.
    public func name(in release: PostgresRelease) -> String {
        switch self {
        case .commit: "Transaction/COMMIT"
        case .abort: "Transaction/ABORT"
        case .heapInsert: "Heap/INSERT"
        case .heapInsertInit: "Heap/INSERT+INIT"
        case .heapUpdate: "Heap/UPDATE"
        case .heapUpdateInit: "Heap/UPDATE+INIT"
        case .heapHotUpdate: "Heap/HOT_UPDATE"
        case .heapLock: "Heap/LOCK"
        case .heapPrune:
            // 14 renamed CLEAN, 17 merged pruning and freezing.
            release >= .v17 ? "Heap2/PRUNE_ON_ACCESS" : release >= .v15 ? "Heap2/PRUNE" : "Heap2/CLEAN"
        case .btreeInsertLeaf: "Btree/INSERT_LEAF"
        case .btreeInsertUpper: "Btree/INSERT_UPPER"
        case .btreeSplitLeft: "Btree/SPLIT_L"
        case .btreeSplitRight: "Btree/SPLIT_R"
        case .btreeDelete: "Btree/DELETE"
        case .clogZeroPage: "CLOG/ZEROPAGE"
        case .runningXacts: "Standby/RUNNING_XACTS"
        case .fpiForHint: "XLOG/FPI_FOR_HINT"
        case .checkpointOnline: "XLOG/CHECKPOINT_ONLINE"
        case .checkpointShutdown: "XLOG/CHECKPOINT_SHUTDOWN"
        case .checkpointRedo: "XLOG/CHECKPOINT_REDO"
        case .xlogSwitch: "XLOG/SWITCH"
        }
    }
}
