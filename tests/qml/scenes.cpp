// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/scenes.h"

#include <QElapsedTimer>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QTest>

namespace cf::kds {

using namespace Qt::Literals::StringLiterals;

namespace {

std::function<void(MockKitchen &)> as(const QString &role, const QStringList &stations = {})
{
    return [=](MockKitchen &kitchen) {
        kitchen.fill(18);
        kitchen.setCoursesHeld(true);
        kitchen.setRole(role, stations);
    };
}

std::function<void(MockKitchen &)> looking(const QVariantMap &look)
{
    return [look](MockKitchen &kitchen) {
        kitchen.fill(30);
        kitchen.setLook(look);
    };
}

std::vector<Scene> roleScenes()
{
    const QSize wide(1280, 800);
    return {
        {u"expo-1280"_s, wide, as(u"expo"_s)},
        {u"alarm-1280"_s, wide,
         [](MockKitchen &k) {
             as(u"expo"_s)(k);
             k.setAlarms({u"grill off"_s});
         }},
        {u"alarms-1024"_s,
         {1024, 600},
         [](MockKitchen &k) {
             as(u"expo"_s)(k);
             k.setAlarms({u"grill off"_s, u"salad behind"_s});
         }},
        {u"runner-1280"_s, wide, as(u"runner"_s)},
        {u"grill-1280"_s, wide, as(u"prep"_s, {u"grill"_s})},
        {u"salad-1024"_s, {1024, 600}, as(u"prep"_s, {u"salad"_s})},
        {u"move-1280"_s, wide, as(u"expo"_s),
         [](QQuickWindow &w, MockKitchen &k) {
             QMetaObject::invokeMethod(w.findChild<QQuickItem *>(u"kitchenPage"_s), "askWhereTo",
                                       Q_ARG(QString, k.idOf(u"41"_s)), Q_ARG(QString, u"1"_s),
                                       Q_ARG(QString, u"Cheeseburger"_s));
         }},
        {u"allday-1280"_s, wide, [](MockKitchen &k) { k.fill(18); },
         [](QQuickWindow &w, MockKitchen &) { QTest::keyClick(&w, Qt::Key_A); }},
        {u"pinned-1280"_s, wide, as(u"prep"_s, {u"grill"_s}),
         [](QQuickWindow &w, MockKitchen &) {
             auto *panel = w.findChild<QQuickItem *>(u"allDayPanel"_s);
             panel->setProperty("pinned", true);
             panel->setProperty("open", true);
         }},
        {u"keys-1024"_s,
         {1024, 600},
         as(u"prep"_s, {u"grill"_s}),
         [](QQuickWindow &w, MockKitchen &k) {
             w.findChild<QQuickItem *>(u"keysPanel"_s)->setProperty("open", true);
             k.controller()->bumpBar()->keys()->learn(KeyMap::Start);
         }},
        {u"bumpbar-1280"_s, wide, [](MockKitchen &k) { k.fill(18); },
         [](QQuickWindow &w, MockKitchen &) {
             for (const Qt::Key key : {Qt::Key_2, Qt::Key_I, Qt::Key_Down})
                 QTest::keyClick(&w, key);
         }},
        {u"menu-1024"_s,
         {1024, 600},
         [](MockKitchen &k) { k.fill(30); },
         [](QQuickWindow &w, MockKitchen &k) {
             QMetaObject::invokeMethod(w.findChild<QQuickItem *>(u"kitchenPage"_s), "askWhat",
                                       Q_ARG(QString, k.idOf(u"41"_s)), Q_ARG(QString, u"41"_s));
         }},
    };
}

void openClosed(QQuickWindow &window, MockKitchen &)
{
    auto *button = window.findChild<QQuickItem *>(u"closedButton"_s);
    const QPointF at = button->mapToScene(button->boundingRect().center());
    QTest::mouseClick(&window, Qt::LeftButton, {}, at.toPoint());
}

// The restaurant's wishes.
std::vector<Scene> lookScenes()
{
    const QSize wide(1280, 800);
    return {
        {u"light-1280"_s, wide, looking({{u"theme"_s, u"light"_s}})},
        {u"light-expo-1280"_s, wide,
         [](MockKitchen &k) {
             as(u"expo"_s)(k);
             k.setLook({{u"theme"_s, u"light"_s}});
             k.setAlarms({u"grill off"_s});
         }},
        {u"contrast-1280"_s, wide, looking({{u"theme"_s, u"contrast"_s}})},
        {u"spanish-1280"_s, wide, looking({{u"language"_s, u"es"_s}})},
        {u"chinese-1280"_s, wide, looking({{u"language"_s, u"zh"_s}})},
        {u"arabic-1280"_s, wide, looking({{u"language"_s, u"ar"_s}})},
        {u"arabic-grid-1024"_s,
         {1024, 600},
         [](MockKitchen &k) {
             as(u"expo"_s)(k);
             k.setLink(u"offline"_s);
             k.setLook({{u"language"_s, u"ar"_s}, {u"layout"_s, u"grid"_s}, {u"rows"_s, 1}});
         }},
        {u"arabic-closed-1280"_s, wide, looking({{u"language"_s, u"ar"_s}}), openClosed},
        {u"arabic-allday-1280"_s, wide, looking({{u"language"_s, u"ar"_s}}),
         [](QQuickWindow &w, MockKitchen &) { QTest::keyClick(&w, Qt::Key_A); }},
        {u"arabic-keys-1280"_s, wide, looking({{u"language"_s, u"ar"_s}}),
         [](QQuickWindow &w, MockKitchen &) {
             w.findChild<QQuickItem *>(u"keysPanel"_s)->setProperty("open", true);
         }},
        {u"grid-1280"_s, wide, looking({{u"layout"_s, u"grid"_s}})},
        {u"grid-2560"_s,
         {2560, 1440},
         looking({{u"layout"_s, u"grid"_s}, {u"columns"_s, 8}, {u"rows"_s, 3}})},
        {u"large-text-1280"_s, wide, looking({{u"text_percent"_s, 150}})},
        {u"portrait-800"_s, {800, 1280}, looking({})},
        {u"grid-portrait-1080"_s,
         {1080, 1920},
         looking({{u"layout"_s, u"grid"_s}, {u"rows"_s, 4}})},
    };
}

std::vector<Scene> boardScenes()
{
    const QSize wide(1280, 800);
    const auto rush = [](MockKitchen &k) { k.fill(30); };
    return {
        {u"rush-1280"_s, wide, rush},
        {u"rush-1920"_s, {1920, 1080}, rush},
        {u"rush-1024"_s, {1024, 600}, rush},
        {u"quiet-1280"_s, wide, [](MockKitchen &k) { k.fill(4); }},
        {u"page2-1280"_s, wide, rush,
         [](QQuickWindow &w, MockKitchen &) { QTest::keyClick(&w, Qt::Key_PageDown); }},
        {u"offline-1280"_s, wide,
         [](MockKitchen &k) {
             k.setLink(u"offline"_s);
             k.fill(9);
             k.controller()->toggleLine(k.idOf(u"41"_s), u"1"_s);
         }},
        {u"behind-1280"_s, wide,
         [](MockKitchen &k) {
             k.setLink(u"behind"_s);
             k.fill(9);
         }},
        {u"refused-1280"_s, wide,
         [](MockKitchen &k) {
             k.fill(12);
             k.refuse(u"43"_s);
             k.cancel(u"45"_s, u"guest left"_s);
         }},
        {u"cancelled-1280"_s, wide,
         [](MockKitchen &k) {
             k.fill(12);
             k.cancel(u"45"_s, u"guest left"_s);
             k.controller()->bumpAll(k.idOf(u"42"_s));
         }},
        {u"empty-live-1280"_s, wide, [](MockKitchen &k) { k.clear(); }},
        {u"empty-never-1280"_s, wide,
         [](MockKitchen &k) {
             k.clear();
             k.setLink(u"never"_s);
         }},
        {u"empty-offline-1920"_s,
         {1920, 1080},
         [](MockKitchen &k) {
             k.clear();
             k.setLink(u"offline"_s);
         }},
        {u"closed-1280"_s, wide, rush, openClosed},
        {u"closed-older-1280"_s, wide,
         [rush](MockKitchen &k) {
             rush(k);
             k.rememberOlder(u"907"_s);
             k.rememberOlder(u"1290"_s);
         },
         [](QQuickWindow &w, MockKitchen &k) {
             openClosed(w, k);
             QTest::keyClick(&w, Qt::Key_9);
         }},
    };
}

// Until the page has not changed for a while: layouts and their animations are over.
void letSettle(QQuickWindow &window)
{
    constexpr int stillMs = 400; // the longest animation takes half of it
    constexpr int givenUpMs = 20'000;
    QImage before;
    QElapsedTimer all;
    QElapsedTimer still;
    all.start();
    still.start();
    while (still.elapsed() < stillMs && all.elapsed() < givenUpMs) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        const QImage now = window.grabWindow();
        if (now != before)
            still.restart();
        before = now;
    }
}

} // namespace

std::vector<Scene> scenes()
{
    std::vector<Scene> all = boardScenes();
    for (const auto &more : {roleScenes(), lookScenes()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

QImage render(const Scene &scene)
{
    MockKitchen kitchen;
    scene.set(kitchen);
    QQmlApplicationEngine engine;
    engine.addImportPath(u"qrc:/qt/qml"_s);
    engine.setInitialProperties({{u"controller"_s, QVariant::fromValue(kitchen.controller())},
                                 {u"width"_s, scene.size.width()},
                                 {u"height"_s, scene.size.height()},
                                 {u"visible"_s, true}});
    engine.load(QUrl(u"qrc:/qt/qml/CounterFire/Ui/Main.qml"_s));
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().value(0));
    if (!window)
        return {};
    letSettle(*window);
    if (scene.then) {
        scene.then(*window, kitchen);
        letSettle(*window);
    }
    return window->grabWindow();
}

} // namespace cf::kds
