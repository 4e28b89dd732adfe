using System.Net;
using Wire.Model;

namespace Benchmarks.Recordings;

/// <summary>Events like others, with other facts, texts or addresses.</summary>
internal static class EventCopy
{
    /// <summary>The same event with other facts; its texts and its address are given through the two functions.</summary>
    public static HostEvent Of(HostEvent e, in EventFacts facts, Func<string, string> text, Func<IPAddress, IPAddress> address) => e switch
    {
        ExecEvent exec => new ExecEvent(facts)
        {
            File = exec.File, PathFlags = exec.PathFlags, AskedPath = text(exec.AskedPath), Interpreter = text(exec.Interpreter),
            CallerComm = text(exec.CallerComm),
        },
        ForkEvent fork => new ForkEvent(facts)
        {
            Child = fork.Child,
        },
        ExitEvent exit => new ExitEvent(facts)
        {
            ExitCode = exit.ExitCode,
        },
        FileOpenEvent open => new FileOpenEvent(facts)
        {
            Path = text(open.Path), AskedPath = text(open.AskedPath), PathFlags = open.PathFlags, File = open.File, OpenFlags = open.OpenFlags,
            Error = open.Error,
        },
        NetworkEvent network => new NetworkEvent(facts, network.Kind == EventKind.Send)
        {
            Address = address(network.Address), Port = network.Port, Protocol = network.Protocol,
        },
        CallEvent call => new CallEvent(facts)
        {
            Call = call.Call, Path = text(call.Path), OtherPath = text(call.OtherPath), PathFlags = call.PathFlags, File = call.File, Error = call.Error,
            Arguments = call.Arguments,
        },
        _ => throw new ArgumentException($"no copy of a {e.Kind}", nameof(e)),
    };
}
