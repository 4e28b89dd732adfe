namespace Kernel.Tests;

/// <summary>Traffic to other hosts is reported with its true destination; traffic to excluded networks is not.</summary>
public sealed class NetworkTests(AgentAndNetwork running) : IClassFixture<AgentAndNetwork>
{
    [KernelTheory("ip")]
    [Trait("Evasion", "25")]
    [Trait("Evasion", "26")]
    [InlineData("connect4", "203.0.113.10", "443", "203.0.113.10:443", "tcp")]
    [InlineData("connect4", "31.112.0.1", "22", "31.112.0.1:22", "tcp")]
    [InlineData("connect4", "172.32.0.1", "65535", "172.32.0.1:65535", "tcp")]
    [InlineData("connect4", "11.0.0.1", "1", "11.0.0.1:1", "tcp")]
    [InlineData("connect4_udp", "198.51.100.9", "53", "198.51.100.9:53", "udp")]
    [InlineData("connect6", "2001:db8::10", "443", "[2001:db8::10]:443", "tcp")]
    [InlineData("connect6", "::ffff:203.0.113.10", "8443", "203.0.113.10:8443", "tcp")]
    public async Task Connect_to_another_network_is_reported(string call, string address, string port, string destination, string protocol) =>
        await AssertReportedAsync("connect", "conn", [call, address, port], destination, protocol);

    [KernelTheory("ip")]
    [Trait("Evasion", "25")]
    [Trait("Evasion", "26")]
    [InlineData("sendto4", "198.51.100.9", "53", "198.51.100.9:53")]
    [InlineData("sendto6", "2001:db8::10", "53", "[2001:db8::10]:53")]
    [InlineData("sendto6", "::ffff:198.51.100.9", "123", "198.51.100.9:123")]
    public async Task Datagram_to_another_network_is_reported(string call, string address, string port, string destination) =>
        await AssertReportedAsync("send", "send", [call, address, port], destination, "udp");

    [KernelFact("ip")]
    [Trait("Evasion", "25")]
    public async Task Every_datagram_of_one_sendmmsg_is_reported()
    {
        var truth = await running.TriggerAsync("sendmmsg4", "198.51.100.9", "5000");

        await running.Agent.WaitForLineAsync($"PID={truth.Pid} ", "OP=send DST=198.51.100.9:5000");
        await running.Agent.WaitForLineAsync($"PID={truth.Pid} ", "OP=send DST=198.51.100.9:5001");
    }

    [KernelTheory("ip", IoUring = true)]
    [Trait("Evasion", "1")]
    [InlineData("uring_connect", "connect")]
    [InlineData("uring_connect_polled", "connect")]
    [InlineData("uring_sendmsg", "send")]
    public async Task Traffic_through_io_uring_is_reported_with_its_process(string way, string kind)
    {
        var truth = await running.TriggerAsync(way, "203.0.113.10", "4433");

        var e = await running.Agent.WaitForEventAsync(kind, truth.Pid);
        truth.AssertActor(e);
        Assert.Equal(("203.0.113.10", 4433), (e.Text("DestinationIp"), e.Number("DestinationPort")));
    }

    [KernelFact("ip", X64Only = true)]
    [Trait("Evasion", "14")]
    public async Task Connect_by_the_32_bit_interface_is_reported_and_marked()
    {
        var truth = await running.TriggerAsync("connect4_int80", "203.0.113.10", "4434");

        var e = await running.Agent.WaitForEventAsync("connect", truth.Pid);
        Assert.Equal(("203.0.113.10", 4434, "compat32"), (e.Text("DestinationIp"), e.Number("DestinationPort"), e.Text("OriginAbi")));
    }

    [KernelTheory("ip")]
    [InlineData("connect4", "169.254.169.254")]
    [InlineData("connect4", "10.1.2.3")]
    [InlineData("connect4", "172.16.0.1")]
    [InlineData("connect4", "192.168.1.1")]
    [InlineData("connect4", "13.113.0.1")]
    [InlineData("connect4", "52.192.0.1")]
    [InlineData("connect4", "127.0.0.1")]
    [InlineData("connect6", "::1")]
    [InlineData("connect6", "fd00:ec2::254")]
    [InlineData("connect6", "::ffff:10.1.2.3")]
    [InlineData("connect6", "::ffff:127.0.0.1")]
    [InlineData("connect6", "::ffff:13.113.0.1")]
    [InlineData("sendto4", "169.254.169.254")]
    [InlineData("sendto4", "10.1.2.3")]
    [InlineData("sendto6", "::1")]
    [InlineData("sendto6", "::ffff:169.254.169.254")]
    [InlineData("sendmmsg4", "13.113.0.1")]
    public async Task Excluded_network_is_not_reported(string call, string address)
    {
        var truth = await running.TriggerAsync(call, address, "80");

        await AssertSilentAsync(truth.Pid);
    }

    [KernelFact("ip")]
    public async Task Socket_of_this_host_without_network_is_not_reported()
    {
        var truth = await running.TriggerAsync("connect_unix", "/run/no-such-socket", "0");

        await AssertSilentAsync(truth.Pid);
    }

    [KernelFact("ip", "curl")]
    public async Task Curl_is_reported_with_address_and_port()
    {
        var v4 = await running.RunAsync("curl", "--silent", "--max-time", "10", "http://203.0.113.10:8080/");
        var v6 = await running.RunAsync("curl", "--silent", "--max-time", "10", "http://[2001:db8::10]:8081/");
        var imds = await running.RunAsync("curl", "--silent", "--max-time", "10", "http://169.254.169.254/latest/meta-data/");

        Assert.Equal(
            $"🌐 EXTERNAL: PID={v4.Pid} UID=0 USER=root COMM=curl OP=conn DST=203.0.113.10:8080",
            await running.Agent.WaitForLineAsync($"PID={v4.Pid} ", "OP=conn"));
        Assert.Equal(
            $"🌐 EXTERNAL: PID={v6.Pid} UID=0 USER=root COMM=curl OP=conn DST=[2001:db8::10]:8081",
            await running.Agent.WaitForLineAsync($"PID={v6.Pid} ", "OP=conn"));
        await AssertSilentAsync(imds.Pid);
    }

    [KernelFact("ip", "setpriv", "useradd", "userdel")]
    public async Task Connect_of_an_ordinary_user_carries_the_user()
    {
        await using var user = await ThrowAwayUser.CreateAsync();

        // The tree of the tests may be closed to other users; /usr/bin is not.
        var ran = await running.RunAsync(["setpriv", .. user.Become("bash", "-c", "exec 3<>/dev/udp/203.0.113.10/514")]);

        Assert.Equal(
            $"🌐 EXTERNAL: PID={ran.Pid} UID={user.Uid} USER={user.Name} COMM=bash OP=conn DST=203.0.113.10:514",
            await running.Agent.WaitForLineAsync($"PID={ran.Pid} ", "OP=conn"));
    }

    private async Task AssertReportedAsync(string kind, string operation, string[] trigger, string destination, string protocol)
    {
        var truth = await running.TriggerAsync(trigger);

        Assert.Equal(
            $"🌐 EXTERNAL: PID={truth.Pid} UID=0 USER=root COMM=trigger OP={operation} DST={destination}",
            await running.Agent.WaitForLineAsync($"PID={truth.Pid} ", "EXTERNAL"));
        var e = await running.Agent.WaitForEventAsync(kind, truth.Pid);
        truth.AssertActor(e);
        Assert.Equal(truth.Number("port"), e.Number("DestinationPort"));
        Assert.Equal(protocol, e.Text("Protocol"));
        Assert.True(e.Flag("External"));
        Assert.Equal(destination, new System.Net.IPEndPoint(System.Net.IPAddress.Parse(e.Text("DestinationIp")), (int)truth.Number("port")).ToString());
    }

    private async Task AssertSilentAsync(int pid)
    {
        await running.SettleAsync();

        Assert.DoesNotContain(running.Agent.Events.All, e => e.Kind is "connect" or "send" && e.ProcessId == pid);
        Assert.DoesNotContain(
            running.Agent.Lines.All, l => l.Contains($"PID={pid} ", StringComparison.Ordinal) && l.Contains("EXTERNAL", StringComparison.Ordinal));
    }
}
