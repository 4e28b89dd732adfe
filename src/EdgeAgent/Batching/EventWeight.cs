using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>Estimates from above what an event adds to a frame, in bytes, without encoding it.</summary>
internal static class EventWeight
{
    private const int Fixed = 96;
    private const int PerProcess = 48;

    /// <summary>Weight of an event whose new processes are added to <paramref name="known"/>.</summary>
    internal static int Of(HostEvent e, HashSet<ProcessNode> known)
    {
        var weight = Fixed + e.UserName.Length + e.EffectiveUserName.Length + e.LoginUserName.Length + e.ContainerId.Length;
        foreach (var node in e.Process.Lineage())
        {
            if (!known.Add(node))
            {
                break;
            }

            weight += PerProcess + node.Image.Length + node.Comm.Length + node.CurrentDirectory.Length + node.UserName.Length
                + node.Arguments.Sum(a => a.Length + 2);
        }

        return weight + e switch
        {
            ExecEvent exec => exec.AskedPath.Length + exec.Interpreter.Length + exec.CallerComm.Length,
            FileOpenEvent open => open.Path.Length + open.AskedPath.Length,
            CallEvent call => call.Path.Length + call.OtherPath.Length,
            _ => 0,
        };
    }
}
