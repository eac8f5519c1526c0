/// A standby as an observer must know it: whom those who wait for it wait for, by process number.
public struct StandbyFacts: Sendable {
    /// Its application_name.
    public var name: String
    /// The server that it is a standby of, by its number in the recorder.
    public var server: Int
    /// That server's name; empty where there is only one.
    public var serverName: String
    /// The process that sends it WAL and hears its replies.
    public var walSender: Int
    /// Its process that receives WAL and writes it.
    public var walReceiver: Int
    /// Its process that replays WAL.
    public var startup: Int

    /// Everything spelled out.
    public init(name: String, server: Int, serverName: String, walSender: Int, walReceiver: Int, startup: Int) {
        self.name = name
        self.server = server
        self.serverName = serverName
        self.walSender = walSender
        self.walReceiver = walReceiver
        self.startup = startup
    }
}

/// What a backend that waits for standbys waits for at this moment.
public enum AwaitedStandby: Hashable, Sendable {
    /// A standby, as an index into `RunFacts.standbys`, and whether its replay is what is waited for.
    case standby(Int, apply: Bool)
    /// Fewer standbys are connected than must confirm.
    case missing
}
