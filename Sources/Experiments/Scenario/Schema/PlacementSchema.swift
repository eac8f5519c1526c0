/// The schema of what says where servers run: core sets, guests, the kernel, and several servers.
enum PlacementSchema {
    /// More servers or guests than any machine of a scenario has.
    static let limit: Int64 = 256

    /// Keys of `host`.
    static let host: [SchemaKey] = [
        .optional(
            "cpusets", .map(.oneOf([.text(.coreList), .integer(1...4096)])), note: "none",
            "Cores that processes may be confined to, by name: a list as cpuset(7) has it (`\"0-14,20\"`), or how many "
                + "of those that no earlier set has."),
        .optional(
            "guests", .oneOf([.integer(1...limit), .list(.object(guest), count: 1...Int(limit))]), note: "none",
            "Virtual machines with a kernel each, or how many; servers are spread over them in order."),
        .optional("kernel", .object(kernel), note: "a kernel of today", "What an old kernel adds."),
    ]

    private static let guest = ObjectSchema(keys: [
        .optional("name", .name, note: "`guest 1`, `guest 2`, ...", "Name of the guest, for `server.guest`."),
        .optional("cpuset", .name, note: "every core", "The cores of its virtual CPUs: a key of `host.cpusets`."),
        .optional("overhead", .real(0...10), note: "0", "How much longer all work takes in it, as a fraction."),
    ])

    private static let kernel = ObjectSchema(keys: [
        .optional(
            "event_set_mutex", .object(mutex), note: "none",
            "The mutex that Linux up to 3.12 takes to add to an epoll set and to close one, which PostgreSQL up to 13 "
                + "does for every wait on a latch. One for each kernel.")
    ])

    private static let mutex = ObjectSchema(keys: [
        .required("hold", .positiveDuration, "How long it is held for one change."),
        .optional("hold_per_spinner", .anyDuration, note: "0", "How much longer for each CPU that spins for it."),
        .optional(
            "remote_transfer", .anyDuration, note: "0",
            "How much longer if it was held last on another NUMA node (`host.cpu.cores_per_node`)."),
        .optional(
            "spin", .anyDuration, note: "0",
            "How long a waiter spins while the owner runs before something else wants its core and it sleeps."),
        .optional(
            "see_release", .integer(0...4096), note: "all",
            "How many of those that spin see it free before another one has got it; the rest goes to sleep."),
    ])

    /// Keys of `server` that say where its processes run.
    static let server: [SchemaKey] = [
        .optional("cpuset", .name, note: "every core", "The cores of its processes: a key of `host.cpusets`."),
        .optional("walsender_cpuset", .name, note: "as `cpuset`", "The cores of its walsenders."),
        .optional("guest", .name, note: "the next one", "The guest that it runs in, by name."),
    ]

    static let instances = SchemaType.oneOf([
        .integer(1...limit), .list(.object(instance), count: 1...Int(limit)),
    ])

    private static let instance = ObjectSchema(keys: [
        .optional("name", .name, note: "`server 1`, `server 2`, ...", "Name of the server, for reports."),
        .optional(
            "server",
            .object(
                ObjectSchema(
                    keys: [
                        .optional(
                            "settings", .definition(.settings), note: "those of `server`",
                            "Settings that this server has otherwise than `server`.")
                    ] + server)), note: "as `server`", "What is other than in `server`."),
        .optional("clients", WorkloadSchema.clients, note: "as `clients`", "Who uses it."),
    ])
}
