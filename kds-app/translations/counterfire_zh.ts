<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh" sourcelanguage="en">
<context>
    <name>AllDayPanel</name>
    <message>
        <source>All-day: %1 items</source>
        <translation>汇总：%1 份</translation>
    </message>
    <message>
        <source>ALL</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Nothing to cook</source>
        <translation>没有待做菜品</translation>
    </message>
</context>
<context>
    <name>AllDayRow</name>
    <message>
        <source>◐ %1 cooking</source>
        <translation>◐ %1 份制作中</translation>
    </message>
</context>
<context>
    <name>AllergenTag</name>
    <message>
        <source>⚠ %1: tap to confirm</source>
        <translation>⚠ %1：点按确认</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>READY</source>
        <translation>待取</translation>
    </message>
    <message>
        <source>+%1 more</source>
        <translation>+%1 单</translation>
    </message>
    <message>
        <source>Nothing waiting for pickup</source>
        <translation>没有待取订单</translation>
    </message>
    <message>
        <source>RECALL</source>
        <translation>召回</translation>
    </message>
</context>
<context>
    <name>ClosedFooter</name>
    <message>
        <source>Asking the hub for older ones…</source>
        <translation>正在向主机查询更早的订单…</translation>
    </message>
    <message>
        <source>The hub does not answer: only the last ones are here</source>
        <translation>主机没有应答：这里只有最近的订单</translation>
    </message>
</context>
<context>
    <name>ClosedOrder</name>
    <message>
        <source>RECALL</source>
        <translation>召回</translation>
    </message>
</context>
<context>
    <name>ClosedPanel</name>
    <message>
        <source>Recall</source>
        <translation>召回</translation>
    </message>
    <message>
        <source>Recall: %1</source>
        <translation>召回：%1</translation>
    </message>
    <message>
        <source>Nothing has left this board yet</source>
        <translation>此屏还没有完成的订单</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未找到</translation>
    </message>
</context>
<context>
    <name>CourseDivider</name>
    <message>
        <source>FIRE</source>
        <translation>起菜</translation>
    </message>
</context>
<context>
    <name>EmptyBoard</name>
    <message>
        <source>Nothing to take out</source>
        <translation>没有要跑的菜</translation>
    </message>
    <message>
        <source>No open orders</source>
        <translation>没有未完成订单</translation>
    </message>
    <message>
        <source>Nothing for %1</source>
        <translation>%1：没有订单</translation>
    </message>
    <message>
        <source>Catching up with the hub</source>
        <translation>正在与主机同步</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Proven equal to the hub %1 ago</source>
        <translation>%1前已核对，与主机一致</translation>
    </message>
    <message>
        <source>Orders may still be on their way</source>
        <translation>可能还有订单未到</translation>
    </message>
    <message>
        <source>This screen has not reached the hub yet: orders may be waiting</source>
        <translation>此屏尚未连上主机：可能有订单在等待</translation>
    </message>
    <message>
        <source>There may be new orders since %1. Ask the counter.</source>
        <translation>%1 之后可能有新订单，请问前台。</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>Expo</source>
        <translation>传菜</translation>
    </message>
    <message>
        <source>Runner</source>
        <translation>跑菜</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>late</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>items to cook</source>
        <translation>份待做</translation>
    </message>
</context>
<context>
    <name>KeyLine</name>
    <message>
        <source>press a key …</source>
        <translation>请按键 …</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>无按键</translation>
    </message>
    <message>
        <source>CANCEL</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>LEARN</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>KeysPanel</name>
    <message>
        <source>Bump, choose</source>
        <translation>完成、选定</translation>
    </message>
    <message>
        <source>Recall, close</source>
        <translation>召回、关闭</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Next ticket or line</source>
        <translation>下一订单或菜品</translation>
    </message>
    <message>
        <source>Previous ticket or line</source>
        <translation>上一订单或菜品</translation>
    </message>
    <message>
        <source>Lines of the ticket</source>
        <translation>订单内的菜品</translation>
    </message>
    <message>
        <source>Ticket menu, move a line</source>
        <translation>订单菜单、移动菜品</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>All-day</source>
        <translation>汇总</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Press the key</source>
        <translation>请按下按键</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>20-key bump bar</source>
        <translation>20 键控制条</translation>
    </message>
    <message>
        <source>KB9000</source>
        <translation>KB9000</translation>
    </message>
    <message>
        <source>A digit bumps at once</source>
        <translation>按数字直接完成</translation>
    </message>
    <message>
        <source>Guard against double bumps</source>
        <translation>防止重复完成</translation>
    </message>
</context>
<context>
    <name>Kitchen</name>
    <message>
        <source>a restart would forget taps: %1</source>
        <translation>重启会丢失操作：%1</translation>
    </message>
    <message>
        <source>the hub refuses this display&apos;s token</source>
        <translation>主机拒绝此屏的密钥</translation>
    </message>
    <message>
        <source>another display has taken its place</source>
        <translation>已被另一块屏取代</translation>
    </message>
    <message>
        <source>the board differed, loading it anew</source>
        <translation>内容不一致，正在重新载入</translation>
    </message>
    <message>
        <source>asking, no stream gets through</source>
        <translation>轮询中，长连接不通</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>plain</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>unrouted %1</source>
        <translation>未分配 %1</translation>
    </message>
    <message>
        <source>%1 cancelled: stop cooking</source>
        <translation>%1 已取消：停止制作</translation>
    </message>
    <message>
        <source>The kitchen</source>
        <translation>厨房</translation>
    </message>
    <message>
        <source>%1 waits for the kitchen</source>
        <translation>%1 在等厨房</translation>
    </message>
    <message>
        <source>%1 bumped</source>
        <translation>%1 已完成</translation>
    </message>
    <message>
        <source>%1: void confirmed</source>
        <translation>%1：作废已确认</translation>
    </message>
    <message>
        <source>%1: allergens confirmed</source>
        <translation>%1：过敏原已确认</translation>
    </message>
    <message>
        <source>%1 recalled</source>
        <translation>%1 已召回</translation>
    </message>
    <message>
        <source>%1 picked up</source>
        <translation>%1 已取餐</translation>
    </message>
    <message>
        <source>%1 in its turn</source>
        <translation>%1 恢复排队</translation>
    </message>
    <message>
        <source>%1 first</source>
        <translation>%1 优先</translation>
    </message>
    <message>
        <source>%1 course %2 on hold</source>
        <translation>%1 第 %2 道暂缓</translation>
    </message>
    <message>
        <source>%1 course %2 fired</source>
        <translation>%1 第 %2 道已起菜</translation>
    </message>
    <message>
        <source>%1: the floor was told</source>
        <translation>%1：已通知前厅</translation>
    </message>
    <message>
        <source>%1 %2: the kitchen says when it is cooked</source>
        <translation>%1 %2：由厨房确认做好</translation>
    </message>
    <message>
        <source>%1 %2 recalled</source>
        <translation>%1 %2 已召回</translation>
    </message>
    <message>
        <source>%1 %2 done</source>
        <translation>%1 %2 已做好</translation>
    </message>
    <message>
        <source>%1 %2 to %3</source>
        <translation>%1 %2 移至 %3</translation>
    </message>
    <message>
        <source>%1: the tap could not be saved, nothing was done. %2</source>
        <translation>%1：操作未能保存，未执行。%2</translation>
    </message>
    <message>
        <source>live, but not saved here</source>
        <translation>实时，但未存到本机</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>catching up, %1 behind</source>
        <translation>同步中，还差 %1 条</translation>
    </message>
    <message>
        <source>catching up</source>
        <translation>同步中</translation>
    </message>
    <message>
        <source>offline, as of %1</source>
        <translation>离线，截至 %1</translation>
    </message>
    <message>
        <source>offline, never connected</source>
        <translation>离线，从未连接</translation>
    </message>
    <message>
        <source>not allowed in, as of %1</source>
        <translation>拒绝接入，截至 %1</translation>
    </message>
    <message>
        <source>not allowed in, never connected</source>
        <translation>拒绝接入，从未连接</translation>
    </message>
    <message>
        <source>1 tap waiting to be sent</source>
        <translation>1 个操作待发送</translation>
    </message>
    <message>
        <source>%1 taps waiting to be sent</source>
        <translation>%1 个操作待发送</translation>
    </message>
    <message>
        <source>proven %1 ago</source>
        <translation>%1前已核对</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>落后 %1</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>已持续 %1</translation>
    </message>
    <message>
        <source>Bumped</source>
        <translation>本屏完成</translation>
    </message>
    <message>
        <source>%1 %2 ago</source>
        <translation>%1 %2 前</translation>
    </message>
    <message>
        <source>Course %1 · hold</source>
        <translation>第 %1 道 · 暂缓</translation>
    </message>
    <message>
        <source>Course %1 · fired</source>
        <translation>第 %1 道 · 已起菜</translation>
    </message>
    <message>
        <source>Course %1</source>
        <translation>第 %1 道</translation>
    </message>
    <message>
        <source>Added later · hold</source>
        <translation>后加 · 暂缓</translation>
    </message>
    <message>
        <source>Added later</source>
        <translation>后加</translation>
    </message>
    <message>
        <source>%1 was not started</source>
        <translation>%1 未能开始</translation>
    </message>
    <message>
        <source>%1 was not bumped</source>
        <translation>%1 未能完成</translation>
    </message>
    <message>
        <source>%1 was not recalled</source>
        <translation>%1 未能召回</translation>
    </message>
    <message>
        <source>%1 was not closed</source>
        <translation>%1 未能结单</translation>
    </message>
    <message>
        <source>%1 was not moved</source>
        <translation>%1 未能移动</translation>
    </message>
    <message>
        <source>%1 was not confirmed</source>
        <translation>%1 未能确认</translation>
    </message>
    <message>
        <source>%1 was not fired</source>
        <translation>%1 未能起菜</translation>
    </message>
    <message>
        <source>%1 was not held</source>
        <translation>%1 未能暂缓</translation>
    </message>
    <message>
        <source>%1 keeps its priority</source>
        <translation>%1 优先级未变</translation>
    </message>
    <message>
        <source>%1 has not told the floor</source>
        <translation>%1 未能通知前厅</translation>
    </message>
    <message>
        <source>the hub does not know this order</source>
        <translation>主机没有此订单</translation>
    </message>
    <message>
        <source>it has been cancelled</source>
        <translation>订单已取消</translation>
    </message>
    <message>
        <source>it has already been picked up</source>
        <translation>已被取走</translation>
    </message>
    <message>
        <source>it is already ready</source>
        <translation>已经备好</translation>
    </message>
    <message>
        <source>it has not been paid yet</source>
        <translation>尚未付款</translation>
    </message>
    <message>
        <source>Dine in</source>
        <translation>堂食</translation>
    </message>
    <message>
        <source>Takeaway</source>
        <translation>外带</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>外卖</translation>
    </message>
    <message>
        <source>Drive-thru</source>
        <translation>车道取餐</translation>
    </message>
    <message>
        <source>Curbside</source>
        <translation>路边取餐</translation>
    </message>
    <message>
        <source>Table %1</source>
        <translation>桌 %1</translation>
    </message>
    <message>
        <source>1 guest</source>
        <translation>1 位</translation>
    </message>
    <message>
        <source>%1 guests</source>
        <translation>%1 位</translation>
    </message>
    <message>
        <source>due %1</source>
        <translation>%1 到时</translation>
    </message>
    <message>
        <source>%1 h %2</source>
        <translation>%1时%2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>in %1 min</source>
        <translation>%1 分钟后</translation>
    </message>
    <message>
        <source>due in %1 h</source>
        <translation>还剩 %1 小时</translation>
    </message>
    <message>
        <source>due in %1 min</source>
        <translation>还剩 %1 分钟</translation>
    </message>
    <message>
        <source>due now</source>
        <translation>到时</translation>
    </message>
    <message>
        <source>%1 min overdue</source>
        <translation>超时 %1 分钟</translation>
    </message>
    <message>
        <source>%1 h overdue</source>
        <translation>超时 %1 小时</translation>
    </message>
    <message>
        <source>Not paid</source>
        <translation>未付款</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新单</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接单</translation>
    </message>
    <message>
        <source>Cooking</source>
        <translation>制作中</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>已备好</translation>
    </message>
    <message>
        <source>Picked up</source>
        <translation>已取餐</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>%1 stations are not looked after</source>
        <translation>%1 个工位无人照看</translation>
    </message>
    <message>
        <source>%1 is off</source>
        <translation>%1：屏幕未开</translation>
    </message>
    <message>
        <source>%1 does not show its tickets</source>
        <translation>%1：未显示订单</translation>
    </message>
    <message>
        <source>nothing to cook there yet</source>
        <translation>该处暂无待做</translation>
    </message>
    <message>
        <source>1 ticket unseen</source>
        <translation>1 单未显示</translation>
    </message>
    <message>
        <source>%1 tickets unseen</source>
        <translation>%1 单未显示</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>自 %1 起</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1天</translation>
    </message>
</context>
<context>
    <name>KitchenPage</name>
    <message>
        <source>Move %1 to</source>
        <translation>将 %1 移至</translation>
    </message>
    <message>
        <source>Ticket %1</source>
        <translation>订单 %1</translation>
    </message>
    <message>
        <source>★ Rush, or in its turn</source>
        <translation>★ 加急，或恢复排队</translation>
    </message>
    <message>
        <source>Please come to the kitchen</source>
        <translation>请到厨房来</translation>
    </message>
    <message>
        <source>✉ Come to the kitchen</source>
        <translation>✉ 请来厨房</translation>
    </message>
    <message>
        <source>This order will be late</source>
        <translation>此订单将延迟</translation>
    </message>
    <message>
        <source>✉ Will be late</source>
        <translation>✉ 将延迟</translation>
    </message>
    <message>
        <source>Something of this order is out of stock</source>
        <translation>此订单有菜品售罄</translation>
    </message>
    <message>
        <source>✉ Out of stock</source>
        <translation>✉ 已售罄</translation>
    </message>
</context>
<context>
    <name>LineMark</name>
    <message>
        <source>S%1</source>
        <translation>座%1</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>CounterFire: %1</source>
        <translation>CounterFire：%1</translation>
    </message>
</context>
<context>
    <name>MoreBelow</name>
    <message>
        <source>▼ more below, swipe up</source>
        <translation>▼ 下面还有，上滑</translation>
    </message>
</context>
<context>
    <name>NoticeBanner</name>
    <message>
        <source>+%1 more</source>
        <translation>+%1 条</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>PageButtons</name>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>+%1 more</source>
        <translation>+%1 单</translation>
    </message>
</context>
<context>
    <name>TicketCard</name>
    <message>
        <source>◔ elsewhere: %1</source>
        <translation>◔ 其他工位：%1</translation>
    </message>
</context>
<context>
    <name>TicketFooter</name>
    <message>
        <source>ALLERGENS SEEN</source>
        <translation>过敏原已看</translation>
    </message>
    <message>
        <source>VOID SEEN</source>
        <translation>作废已看</translation>
    </message>
    <message>
        <source>FIRE NEXT COURSE</source>
        <translation>起下一道菜</translation>
    </message>
    <message>
        <source>COOKING</source>
        <translation>制作中</translation>
    </message>
    <message>
        <source>HAND OUT</source>
        <translation>出餐</translation>
    </message>
    <message>
        <source>BUMP</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>START</source>
        <translation>开始</translation>
    </message>
</context>
<context>
    <name>TicketHeader</name>
    <message>
        <source>LATE</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>HURRY</source>
        <translation>抓紧</translation>
    </message>
    <message>
        <source>★ rush</source>
        <translation>★ 加急</translation>
    </message>
    <message>
        <source>↶ recalled</source>
        <translation>↶ 已召回</translation>
    </message>
    <message>
        <source>↑ not sent yet</source>
        <translation>↑ 尚未发送</translation>
    </message>
</context>
<context>
    <name>TicketLine</name>
    <message>
        <source>✕ voided, do not make: tap to confirm</source>
        <translation>✕ 作废，勿做：点按确认</translation>
    </message>
    <message>
        <source>✕ voided, do not make</source>
        <translation>✕ 作废，勿做</translation>
    </message>
    <message>
        <source>? unrouted</source>
        <translation>? 未分配</translation>
    </message>
</context>
<context>
    <name>UndoToast</name>
    <message>
        <source>UNDO</source>
        <translation>撤销</translation>
    </message>
</context>
</TS>
