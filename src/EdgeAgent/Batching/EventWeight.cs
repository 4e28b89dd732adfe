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
        var depth = 0;
        for (var node = e.Process; node is not null && depth < ProcessNode.MaxLineage && known.Add(node); node = node.Parent, depth++)
        {
            weight += PerProcess + node.Image.Length + node.Comm.Length + node.CurrentDirectory.Length + node.UserName.Length;
            for (var i = 0; i < node.Arguments.Count; i++)
            {
                weight += node.Arguments[i].Length + 2;
            }
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
