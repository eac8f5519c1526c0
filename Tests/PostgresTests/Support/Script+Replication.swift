import Postgres
import SimTime
import WaitEvents

@testable import Postgres

/// What a replication connection does in a script: messages come when the script says so.
extension ScriptedMachine {
    func send(_ message: ReplicationMessage) { script.write("\(session.name) sends \(Script.text(of: message))") }

    func receiveMessage() -> ReplicationMessage? { session.inbox.isEmpty ? nil : session.inbox.removeFirst() }

    var outputIsPending: Bool { session.outputIsPending }

    func waitLatchOrSocket(timeout: Nanoseconds) -> Bool {
        if !session.latchIsSet && session.inbox.isEmpty {
            session.state = .waitingForLatch
            script.block(session, "waits\(script.shown(session.event))")
        }
        return session.latchIsSet
    }

    func writeReceivedWAL(from start: XLogRecPtr, to end: XLogRecPtr, durable: Bool) {
        script.write("\(session.name) writes \(end - start) bytes at \(formatLSN(start))")
    }

    func recoveryConflict() -> Nanoseconds { .zero }
}

extension Script {
    /// A primary with client backends and walsenders `sender 0`, `sender 1` ..., each of which serves a standby.
    static func primary(
        _ backends: String..., walSenders: Int = 1, names: String, release: PostgresRelease = .v15,
        level: SynchronousCommit = .on
    ) -> Script {
        var settings = Settings()
        settings.synchronousStandbyNames = names
        settings.synchronousCommit = level
        return Script(
            sessions: backends + ["walwriter"] + (0..<walSenders).map { "sender \($0)" },
            of: ServerProcesses(backends: backends.count, walSenders: walSenders), release: release,
            settings: settings)
    }

    /// A standby: `startup` and `receiver`.
    static func standby(release: PostgresRelease = .v15, settings: Settings = Settings()) -> Script {
        Script(sessions: ["startup", "receiver"], of: .standby, release: release, settings: settings)
    }

    /// A message arrives; a session that sleeps on its connection may go on.
    func deliver(_ message: ReplicationMessage, to name: String) {
        let session = session(name)
        session.inbox.append(message)
        if case .waitingForLatch = session.state { makeReady(session) }
    }

    /// A standby connects to its walsender, asks for all WAL, and has what there is so far.
    func connect(_ name: String, to slot: Int) {
        let sender = "sender \(slot)"
        begin(sender, "serve \(name)") { $0.WalSenderMain(for: name) }
        deliver(.start(at: walStart), to: sender)
        runWoken()
    }

    /// A standby replies that it has everything up to a position.
    func reply(_ position: XLogRecPtr, from slot: Int) {
        reply(StandbyPositions(write: position, flush: position, apply: position), from: slot)
    }

    func reply(_ positions: StandbyPositions, from slot: Int) {
        deliver(.reply(positions, replyRequested: false), to: "sender \(slot)")
        run("sender \(slot)")
    }

    /// A signal's handler sets the latch of its process.
    func setLatch(of name: String) {
        let session = session(name)
        session.latchIsSet = true
        if case .waitingForLatch = session.state { makeReady(session) }
    }

    /// Sets a session's latch and lets it go on.
    func wake(_ name: String) {
        setLatch(of: name)
        run(name)
    }

    /// Ends the sessions that serve a connection.
    func disconnect(_ names: String...) {
        for name in names {
            deliver(.closed, to: name)
            run(name)
        }
    }

    static func text(of message: ReplicationMessage) -> String {
        switch message {
        case .start(let position): "START_REPLICATION \(formatLSN(position))"
        case .wal(let from, let to, _): "WAL \(formatLSN(from)) to \(formatLSN(to))"
        case .keepalive(_, let replyRequested): "keepalive\(replyRequested ? ", reply wanted" : "")"
        case .reply(let at, _): "reply \(formatLSN(at.write)) \(formatLSN(at.flush)) \(formatLSN(at.apply))"
        case .closed: "end of connection"
        }
    }
}
