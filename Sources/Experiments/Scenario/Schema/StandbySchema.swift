import HostModel
import Postgres
import SimTime

/// The schema of `standbys`.
enum StandbySchema {
    /// More than any primary serves.
    static let list = SchemaType.list(.object(standby), count: 0...100)

    private static let standby = ObjectSchema(keys: [
        .required("name", .name, "Its application_name, by which `synchronous_standby_names` knows it."),
        .optional(
            "on", .choice(["server", "elsewhere"]), default: "server",
            "The server's machine, over a Unix socket; or a machine of its own, like the server's."),
        .optional("cores", .integer(1...4096), note: "as `host.cores`", "CPU cores of its own machine."),
        .optional("storage", .object(storage), default: .object([:]), "Its own storage devices."),
        .optional(
            "network", .object(network), note: "of a standby elsewhere: all defaults", "The network to its primary."),
        .optional("replay", .object(replay), default: .object([:]), "How it replays WAL."),
        .optional(
            "settings", .definition(.settings), default: .object([:]),
            "Settings of its own; the others are the server's."),
    ])

    private static let storage = ObjectSchema(keys: [
        .optional("wal", .object(device), default: .object([:]), "The device that it writes WAL to.")
    ])

    private static let device = ObjectSchema(
        keys: [
            .optional(
                "sync", .distribution, note: "as `host.storage.wal.sync`",
                "An fdatasync or fsync of what was written."),
            .optional(
                "write", .distribution, note: "as `sync`",
                "A write that must reach the device (`wal_sync_method` open_datasync or open_sync)."),
        ] + HostSchema.deviceLimits)

    private static let network = ObjectSchema(keys: [
        .optional("round_trip", .distribution, default: .object(["constant": "200us"]), "There and back again."),
        .optional("bandwidth", .real(0.001...1_000_000), note: "no bound", "MB (1,000,000 bytes) a second each way."),
    ])

    private static let replay = ObjectSchema(keys: [
        .optional(
            "rate", .real(0.001...1_000_000), note: "by `host.costs.replay`",
            "MB (1,000,000 bytes) of WAL that it replays a second of CPU."),
        .optional(
            "stalls", .list(.object(HostSchema.stall), count: 0...10_000), default: .array([]),
            "When a query on it holds replay up (IPC:RecoveryConflictSnapshot)."),
    ])
}
