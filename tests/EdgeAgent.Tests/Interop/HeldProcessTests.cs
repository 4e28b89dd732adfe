using System.Diagnostics;
using EdgeAgent.Interop;
using Support;

namespace EdgeAgent.Tests.Interop;

public sealed class HeldProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Process_that_has_the_folder_open_is_told_from_others_and_ended()
    {
        using var holds = Process.Start("sh", ["-c", $"exec sleep 60 9< {_folder.Path}"]);
        using var other = Process.Start("sleep", ["60"]);
        using (var held = HeldProcess.Open(holds.Id))
        using (var stranger = HeldProcess.Open(other.Id))
        {
            Assert.True(SpinWait.SpinUntil(() => held!.HasOpen(_folder.Path + "/"), TimeSpan.FromSeconds(30)));
            Assert.False(stranger!.HasOpen(_folder.Path));
            Assert.True(held!.Send(LibC.SIGTERM));
            holds.WaitForExit();
            Assert.False(held.HasOpen(_folder.Path));
            Assert.False(held.Send(LibC.SIGTERM));
            Assert.True(stranger.Send(LibC.SIGTERM));
        }

        other.WaitForExit();
        Assert.Null(HeldProcess.Open(other.Id));
    }
}
