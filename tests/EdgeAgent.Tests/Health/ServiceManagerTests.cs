using System.Net.Sockets;
using EdgeAgent.Health;
using EdgeAgent.Options;
using EdgeAgent.Tests.Fakes;
using Support;

namespace EdgeAgent.Tests.Health;

/// <summary>What systemd is told, over a real socket.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(30);
    private readonly FakeServiceManager _systemd = new();
    private readonly ManualTime _time = new();
    private readonly List<string> _messages = [];
    private readonly HealthSource _health = new(new AgentOptions());

    public void Dispose() => _systemd.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ready_is_said_once_and_not_before_the_agent_is(bool isAbstract)
    {
        using var systemd = new FakeServiceManager(isAbstract);
        using var service = ServiceManager.Find(systemd.Environment(), _time, _messages.Add)!;
        Step(service);
        Assert.Empty(systemd.Take());
        _health.IsReady = true;
        Step(service, turns: 3);
        Assert.StartsWith("READY=1\nSTATUS=healthy: 0 events seen", Assert.Single(systemd.Take()), StringComparison.Ordinal);
        Assert.Empty(_messages);
    }

    [Fact]
    public void Watchdog_is_fed_at_half_of_its_time_and_only_while_somebody_steps()
    {
        using var service = ServiceManager.Find(_systemd.Environment(Watchdog), _time, _messages.Add)!;
        for (var i = 0; i < 1205; i++)
        {
            Step(service);
            _time.AdvanceMilliseconds(100);
        }

        Assert.Equal(Enumerable.Repeat("WATCHDOG=1", 9), _systemd.Take());
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(_systemd.Take());
        Step(service);
        Assert.Equal(["WATCHDOG=1"], _systemd.Take());
    }

    [Fact]
    public void Watchdog_of_another_process_and_none_at_all_are_not_fed()
    {
        var environment = _systemd.Environment(Watchdog);
        environment["WATCHDOG_PID"] = "1";
        foreach (var variables in (Dictionary<string, string>[])[environment, _systemd.Environment(), _systemd.Environment(TimeSpan.Zero)])
        {
            using var service = ServiceManager.Find(variables, _time, _messages.Add)!;
            Step(service);
        }

        Assert.Empty(_systemd.Take());
    }

    [Fact]
    public void Status_is_told_when_it_has_changed_and_not_more_often_than_every_ten_seconds()
    {
        using var service = ServiceManager.Find(_systemd.Environment(), _time, _messages.Add)!;
        var counters = new AgentCounters();
        _health.Begin(Some.Host(), counters, () => []);
        _health.IsReady = true;
        Step(service);
        _systemd.Take();
        counters.Seen = 5;
        Step(service, turns: 100, milliseconds: 99);
        Assert.Empty(_systemd.Take());
        Step(service, turns: 2, milliseconds: 101);
        Assert.Equal(["STATUS=healthy: 5 events seen, 0 lost in the kernel, 0 frames wait"], _systemd.Take());
        Step(service, turns: 10, milliseconds: 10_000);
        Assert.Empty(_systemd.Take());
    }

    [Fact]
    public void Reload_is_told_when_it_begins_and_when_it_is_over()
    {
        using var service = ServiceManager.Find(_systemd.Environment(), _time, _messages.Add)!;
        _health.IsReady = true;
        Step(service);
        _systemd.Take();
        service.Step(_health, isReloading: true);
        service.Step(_health, isReloading: true);
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*$", Assert.Single(_systemd.Take()));
        Step(service, turns: 2);
        Assert.StartsWith("READY=1\nSTATUS=", Assert.Single(_systemd.Take()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_is_told()
    {
        using var service = ServiceManager.Find(_systemd.Environment(), _time, _messages.Add)!;
        service.Stopping();
        Assert.StartsWith("STOPPING=1\n", Assert.Single(_systemd.Take()), StringComparison.Ordinal);
    }

    [Fact]
    public void Service_manager_that_does_not_read_holds_up_nothing_is_told_of_once_and_hears_later_what_it_must()
    {
        using (var other = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false })
        {
            Action fill = () =>
            {
                while (true)
                {
                    other.SendTo("x"u8, new UnixDomainSocketEndPoint(_systemd.Address));
                }
            };
            Assert.Throws<SocketException>(fill);
        }

        using var service = ServiceManager.Find(_systemd.Environment(Watchdog), _time, _messages.Add)!;
        _health.IsReady = true;
        Step(service, turns: 1000);
        Assert.Contains("service manager: it cannot be told how the agent is", Assert.Single(_messages), StringComparison.Ordinal);
        Assert.DoesNotContain(_systemd.Take(), text => text != "x");
        Step(service, turns: 2);
        Assert.Equal(["WATCHDOG=1", "READY=1"], _systemd.Take().Select(text => text.Split('\n')[0]));
    }

    [Fact]
    public void Agent_that_no_service_manager_started_tells_nothing_and_an_address_that_is_none_is_told()
    {
        Assert.Null(ServiceManager.Find(new Dictionary<string, string>(), _time, _messages.Add));
        Assert.Null(ServiceManager.Find(new Dictionary<string, string> { ["NOTIFY_SOCKET"] = "" }, _time, _messages.Add));
        Assert.Empty(_messages);
        foreach (var address in (string[])["vsock:2:1234", "relative", "@", $"/{new string('x', 200)}"])
        {
            Assert.Null(ServiceManager.Find(new Dictionary<string, string> { ["NOTIFY_SOCKET"] = address }, _time, _messages.Add));
        }

        Assert.Equal(4, _messages.Count);
    }

    private void Step(ServiceManager service, int turns = 1, double milliseconds = 0)
    {
        for (; turns > 0; turns--)
        {
            _time.AdvanceMilliseconds(milliseconds);
            service.Step(_health, isReloading: false);
        }
    }
}
