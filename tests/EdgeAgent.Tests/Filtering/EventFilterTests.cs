using EdgeAgent.Filtering;
using EdgeAgent.Options;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Filtering;

public sealed class EventFilterTests
{
    [Fact]
    public void Opens_and_traffic_always_leave_the_host()
    {
        var filter = new EventFilter(new AgentOptions { ForwardExec = ForwardExec.Watched });
        Assert.True(filter.Passes(Some.FileOpen()));
        Assert.True(filter.Passes(Some.Connect()));
        Assert.True(filter.Passes(Some.Send()));
    }

    [Fact]
    public void Forks_and_exits_leave_only_when_asked_for()
    {
        foreach (HostEvent e in (HostEvent[])[Some.Fork(), Some.Exit()])
        {
            Assert.False(new EventFilter(new AgentOptions()).Passes(e));
            Assert.True(new EventFilter(new AgentOptions { ForwardLifecycle = true }).Passes(e));
        }
    }

    [Fact]
    public void Exec_of_an_unwatched_program_stays_when_only_watched_ones_are_asked_for()
    {
        var watched = new EventFilter(new AgentOptions { ForwardExec = ForwardExec.Watched });
        Assert.False(watched.Passes(Some.Exec()));
        Assert.True(watched.Passes(Some.Exec(flags: EventFlags.Sensitive)));
        Assert.True(new EventFilter(new AgentOptions()).Passes(Some.Exec()));
    }
}
