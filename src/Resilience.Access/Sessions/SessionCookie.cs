using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Access.Sessions;

/// <summary>The session as a cookie: readable by the server only, sent by our own pages only, gone after 8 idle hours.</summary>
internal static class SessionCookie
{
    internal const string Name = "resilience";

    /// <summary>8 h: a shift. Real time, also in a replay, because it is real people who leave their desks.</summary>
    internal static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    internal static void Add(IServiceCollection services)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = Name;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.Cookie.IsEssential = true;
            cookie.ExpireTimeSpan = Idle;
            cookie.SlidingExpiration = true;
            cookie.TimeProvider = TimeProvider.System;
            cookie.Events.OnRedirectToLogin = _ => throw new RefusalException("access.sign-in-needed", "Sign in first.", 401);
            cookie.Events.OnRedirectToAccessDenied = _ => throw new RefusalException("access.not-allowed", "Your account may not do this.", 403);
        });

        // Anybody may be a demo person; keys that lie in a data directory used for both must not make that person a real one.
        services.AddDataProtection();
        services.AddOptions<DataProtectionOptions>().Configure<OperatingMode>((protection, mode) => protection.ApplicationDiscriminator = mode.IsReplay ? "Resilience replay" : "Resilience");
        services.AddOptions<KeyManagementOptions>().Configure<StorageOptions>((keys, storage) =>
            keys.XmlRepository = new KeyFiles(Path.Combine(Path.GetFullPath(storage.DataDirectory), "keys")));
        services.AddAuthorizationBuilder()
            .AddPolicy(Roles.Coordinator, policy => policy.RequireRole(Roles.Coordinator))
            .AddPolicy(Roles.Volunteer, policy => policy.RequireRole(Roles.Volunteer, Roles.Coordinator));
    }

    /// <summary>Gives the browser a session and shows the person as signed in for the rest of this request.</summary>
    internal static async Task StartAsync(HttpContext http, Caller caller, string role)
    {
        var user = caller.As(role);
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, user);
        http.User = user;
    }
}
